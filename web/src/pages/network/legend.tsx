// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Relation } from '../../api/schema';
import { RELATIONS } from '../../data/network';
import { DASHES, INDIRECT_DASH } from '../../graph/look';
import { RELATION_KEYS, fmt, t } from '../../i18n';
import { RelationShape } from '../../ui/icons';
import type { Desk } from './desk';
import { networkState, replaceNetwork } from './nav';

/* Where room is short the legend starts folded. */
const NARROW = '(width < 48rem) or (height < 32rem)';

/** What colours, lines and rings stand for; the relations can be switched off. */
export function Legend({ desk }: { readonly desk: Desk }): JSX.Element {
  const [isOpen, setOpen] = useState(() => !matchMedia(NARROW).matches);
  const { kinds, state } = desk;
  return (
    <section class="net-legend" aria-label={t('net.legend')}>
      <button type="button" class="net-legend-head" aria-expanded={isOpen} aria-controls="legend" onClick={() => setOpen(!isOpen)}>
        {t('net.legend')}
        <span class="net-legend-dots" aria-hidden="true">
          {RELATIONS.map((relation) => (
            <RelationShape key={relation} relation={relation} />
          ))}
        </span>
      </button>
      <div id="legend" hidden={!isOpen}>
        <ul>
          {RELATIONS.map((relation) => (
            <li key={relation}>
              <RelationToggle relation={relation} count={kinds.relations[relation]} isOn={!state.hide.includes(relation)} />
            </li>
          ))}
        </ul>
        <ul class="net-legend-more">
          <Entry mark={<Line dashes={INDIRECT_DASH} />} text={t('net.legend.indirect')} count={kinds.indirect} />
          <Entry mark={<span class="net-ring net-ring-chosen" />} text={t('net.legend.chosen')} count={kinds.chosen} />
          <Entry mark={<span class="net-ring net-ring-placeholder" />} text={t('net.legend.placeholder')} count={kinds.placeholders} />
          <Entry mark={<span class="net-ring net-ring-removed" />} text={t('badge.removed')} count={kinds.removed} />
        </ul>
      </div>
    </section>
  );
}

function RelationToggle({ relation, count, isOn }: { readonly relation: Relation; readonly count: number; readonly isOn: boolean }): JSX.Element {
  return (
    <button type="button" class={`net-toggle shape-${relation}`} data-relation={relation} aria-pressed={isOn} title={t('net.legend.toggle')} onClick={() => toggle(relation)}>
      <Line dashes={DASHES[RELATIONS.indexOf(relation)]} />
      <span class="net-toggle-name">{t(RELATION_KEYS[relation])}</span>
      <span class="count">{fmt().integer(count)}</span>
    </button>
  );
}

function toggle(relation: Relation): void {
  const { hide } = networkState();
  replaceNetwork({ hide: RELATIONS.filter((other) => (other === relation ? !hide.includes(other) : hide.includes(other))) });
}

function Entry({ mark, text, count }: { readonly mark: JSX.Element; readonly text: string; readonly count: number }): JSX.Element | null {
  if (count === 0) return null;
  return (
    <li>
      <span class="net-legend-mark" aria-hidden="true">
        {mark}
      </span>
      <span>{text}</span>
      <span class="count">{fmt().integer(count)}</span>
    </li>
  );
}

/* An edge as the picture draws it: its colour comes from the style sheet. */
function Line({ dashes }: { readonly dashes: readonly number[] | undefined }): JSX.Element {
  return (
    <svg class="net-line" viewBox="0 0 44 12" width="44" height="12" aria-hidden="true" focusable="false">
      <path class="net-line-stroke" d="M1 6h32" stroke-dasharray={dashes?.join(' ')} />
      <path class="net-line-tip" d="M33 1.5 42 6l-9 4.5z" />
    </svg>
  );
}
