// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import type { Relation, Relative } from '../../api/schema';
import { RELATIONS } from '../../data/network';
import { basesOf, pathTo, shortName } from '../../data/network-facts';
import { modelPath } from '../../data/route';
import { t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import { ModelId, PlaceholderBadge, RelationBadge } from '../../ui/bits';
import { keepLang } from '../../ui/router';
import type { Desk } from './desk';

const CATEGORY_KEYS: Readonly<Record<Relation, MessageKey>> = {
  adapter: 'net.is.adapter',
  finetune: 'net.is.finetune',
  merge: 'net.is.merge',
  quantized: 'net.is.quantized',
};

interface BasesProps {
  readonly desk: Desk;
  /** All bases, once they are known. */
  readonly bases: readonly Relative[] | undefined;
}

interface Known {
  readonly id: string;
  readonly relation: Relation;
  readonly isShown: boolean;
}

/** What a model is, in words: a version of its bases, or a base model. */
export function Category({ desk, bases }: BasesProps): JSX.Element {
  const all = knownBases(desk, bases);
  const inside = all.filter((base) => base.isShown);
  const named = inside.length > 0 ? inside : all;
  const between = basesOf(desk.network, desk.selected).find((base) => base.isIndirect);
  return (
    <>
      {named.length === 0 && between === undefined ? t('net.is.base') : null}
      {RELATIONS.map((relation) => {
        const ids = named.filter((base) => base.relation === relation).map((base) => base.id);
        return ids.length === 0 ? null : <Sentence key={relation} relation={relation} ids={ids} />;
      })}
      {between === undefined ? null : (
        <span class="net-sentence muted">{t('net.indirect', { n: between.hidden, id: desk.network.id(between.node) })}</span>
      )}
    </>
  );
}

/* The text with the bases as links in the place where it names them. */
function Sentence({ relation, ids }: { readonly relation: Relation; readonly ids: readonly string[] }): JSX.Element {
  const [before = '', after = ''] = t(CATEGORY_KEYS[relation]).split('{bases}');
  return (
    <span class="net-sentence">
      {before}
      {ids.map((id, i) => (
        <span key={id}>
          {i === 0 ? null : t('net.and')}
          <a href={keepLang(modelPath(id))}>{id}</a>
        </span>
      ))}
      {after}
    </span>
  );
}

/** Bases that the picture does not show. */
export function OutsideBases({ desk, bases }: BasesProps): JSX.Element | null {
  const outside = (bases ?? []).filter((base) => desk.network.find(base.id) < 0);
  if (outside.length === 0) return null;
  return (
    <section class="net-outside">
      <h3>{t('net.outside')}</h3>
      <ul>
        {outside.map((base) => (
          <li key={`${base.id} ${base.relation}`}>
            <a href={keepLang(modelPath(base.id))}>
              <ModelId id={base.id} />
            </a>{' '}
            <RelationBadge relation={base.relation} />
            {base.placeholder ? <PlaceholderBadge /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/* From the network at once; from the answer, which knows the hidden ones too, when it is there. */
function knownBases({ network, selected }: Desk, bases: readonly Relative[] | undefined): readonly Known[] {
  if (bases !== undefined) return bases.map(({ id, relation }) => ({ id, relation, isShown: network.find(id) >= 0 }));
  return basesOf(network, selected)
    .filter((base) => !base.isIndirect)
    .map(({ node, relation }) => ({ id: network.id(node), relation, isShown: true }))
    .filter(({ id }) => !id.startsWith('author:'));
}

/** The way from the top of the picture down to the node. */
export function PathToTop({ desk, onGo }: { readonly desk: Desk; readonly onGo: (node: number) => void }): JSX.Element | null {
  const { network, selected } = desk;
  const path = pathTo(network, selected);
  if (path.length < 2) return null;
  return (
    <nav class="net-path" aria-label={t('net.path')}>
      <ol>
        {path.map((node) => (
          <li key={node}>
            {node === selected ? (
              <span aria-current="true">{shortName(network, node)}</span>
            ) : (
              <button type="button" class="link" title={network.id(node)} onClick={() => onGo(node)}>
                {shortName(network, node)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
