// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import type { ModelDetail, Relative } from '../api/schema';
import { familyHref, modelPath } from '../data/route';
import { fmt, t } from '../i18n';
import { Avatar, Badge, ModelId, PlaceholderBadge, RelationBadge, RemovedBadge } from '../ui/bits';
import { NetworkIcon } from '../ui/icons';
import { keepLang } from '../ui/router';

const RELATIONS = ['adapter', 'finetune', 'merge', 'quantized'] as const;

/** What a model was built on. */
export function Bases({ bases }: { readonly bases: ModelDetail['bases'] }): JSX.Element {
  return (
    <section class="panel family" aria-labelledby="bases">
      <h2 id="bases">{t('family.bases')}</h2>
      {bases.length === 0 ? <p class="muted">{t('family.bases.none')}</p> : <Relatives relatives={bases} name="bases" />}
    </section>
  );
}

/** What was derived from a model: how many by each relation, and the most influential. */
export function Derived({ derived, id }: { readonly derived: ModelDetail['derived']; readonly id: string }): JSX.Element {
  return (
    <section class="panel family" aria-labelledby="derived">
      <div class="family-head">
        <div>
          <h2 id="derived">{t('family.derived')}</h2>
          <p class="muted">{derived.total === 0 ? t('family.derived.none') : t('family.derived.count', { n: derived.total })}</p>
        </div>
        {derived.total === 0 ? null : (
          <ul class="relation-counts">
            {RELATIONS.map((relation) => (
              <li key={relation} data-relation={relation}>
                <RelationBadge relation={relation}>
                  <span class="count">{fmt().integer(derived.by_relation[relation])}</span>
                </RelationBadge>
              </li>
            ))}
          </ul>
        )}
      </div>
      {derived.total <= derived.top.length ? null : <h3>{t('family.derived.top', { n: derived.top.length })}</h3>}
      {derived.top.length === 0 ? null : <Relatives relatives={derived.top} name="top" />}
      {derived.total === 0 ? null : (
        <a class="button family-network" href={keepLang(familyHref([id]))}>
          <NetworkIcon />
          {t('family.network')}
        </a>
      )}
    </section>
  );
}

function Relatives({ relatives, name }: { readonly relatives: readonly Relative[]; readonly name: string }): JSX.Element {
  return (
    <ol class="relatives" data-list={name}>
      {relatives.map((relative) => (
        <li key={`${relative.id} ${relative.relation}`} class={relative.placeholder ? 'hollow' : undefined}>
          <Avatar author={relative.author} size={32} />
          <div>
            <a href={keepLang(modelPath(relative.id))}>
              <ModelId id={relative.id} />
            </a>
            <p class="relative-badges">
              <RelationBadge relation={relative.relation} />
              {relative.declared ? null : (
                <Badge kind="inferred" title={t('badge.inferred.title')}>
                  {t('badge.inferred')}
                </Badge>
              )}
              {relative.placeholder ? <PlaceholderBadge /> : null}
              {relative.removed ? <RemovedBadge /> : null}
            </p>
          </div>
          <p class="relative-influence number" title={t('influence.value')}>
            {fmt().decimal(relative.influence)}
            {relative.rank === null ? null : <span class="small">{t('family.rank', { n: relative.rank })}</span>}
          </p>
        </li>
      ))}
    </ol>
  );
}
