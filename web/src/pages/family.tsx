// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import type { ModelDetail, Relative } from '../api/schema';
import { modelPath } from '../data/route';
import { fmt, t } from '../i18n';
import { Avatar, Badge, ModelId, PlaceholderBadge, RelationBadge, RemovedBadge } from '../ui/bits';
import { keepLang } from '../ui/router';

const RELATIONS = ['adapter', 'finetune', 'merge', 'quantized'] as const;

/** The nearest family: the bases of a model, and the most influential models derived from it. */
export function Family({ detail }: { readonly detail: ModelDetail }): JSX.Element {
  const { bases, derived } = detail;
  return (
    <>
      <section class="panel family" aria-labelledby="bases">
        <h2 id="bases">{t('family.bases')}</h2>
        {bases.length === 0 ? <p class="muted">{t('family.bases.none')}</p> : <Relatives relatives={bases} name="bases" />}
      </section>
      <section class="panel family" aria-labelledby="derived">
        <h2 id="derived">{t('family.derived')}</h2>
        {derived.total === 0 ? (
          <p class="muted">{t('family.derived.none')}</p>
        ) : (
          <>
            <p>{t('family.derived.count', { n: derived.total })}</p>
            <ul class="relation-counts">
              {RELATIONS.map((relation) => (
                <li key={relation} data-relation={relation}>
                  <RelationBadge relation={relation}>
                    <span class="count">{fmt().integer(derived.by_relation[relation])}</span>
                  </RelationBadge>
                </li>
              ))}
            </ul>
            {derived.top.length === 0 ? null : (
              <>
                <h3>{t('family.derived.top', { n: derived.top.length })}</h3>
                <Relatives relatives={derived.top} name="top" />
              </>
            )}
          </>
        )}
      </section>
    </>
  );
}

function Relatives({ relatives, name }: { readonly relatives: readonly Relative[]; readonly name: string }): JSX.Element {
  return (
    <ol class="relatives" data-list={name}>
      {relatives.map((relative) => (
        <li key={`${relative.id} ${relative.relation}`} class={relative.placeholder ? 'hollow' : undefined}>
          <Avatar author={relative.author} size={28} />
          <a href={keepLang(modelPath(relative.id))}>
            <ModelId id={relative.id} />
          </a>
          <span class="relative-badges">
            <RelationBadge relation={relative.relation} />
            {relative.declared ? null : (
              <Badge kind="inferred" title={t('badge.inferred.title')}>
                {t('badge.inferred')}
              </Badge>
            )}
            {relative.placeholder ? <PlaceholderBadge /> : null}
            {relative.removed ? <RemovedBadge /> : null}
          </span>
          <span class="relative-influence" title={t('influence.value')}>
            {fmt().decimal(relative.influence)}
            {relative.rank === null ? null : <span class="muted">{t('family.rank', { n: relative.rank })}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
