// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { VIEWS } from '../../data/network';
import type { View } from '../../data/network';
import { DEFAULT_NETWORK, SHAPES } from '../../data/network-state';
import type { NetworkState, Shape } from '../../data/network-state';
import { t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import { LineIcon } from '../../ui/network-icons';
import type { PictureControl } from './control';
import { pushNetwork, replaceNetwork } from './nav';

const VIEW_KEYS: Readonly<Record<View, MessageKey>> = {
  top: 'net.view.top',
  full: 'net.view.full',
  author: 'net.view.author',
  orgs: 'net.view.orgs',
  adapter: 'net.view.adapter',
  finetune: 'net.view.finetune',
  merge: 'net.view.merge',
  quantized: 'net.view.quantized',
};

/** The menu of views. Another view is another picture: it is shown whole. */
export function ViewField({ view }: { readonly view: View }): JSX.Element {
  return (
    <label class="net-view">
      <span class="visually-hidden">{t('net.view')}</span>
      <select
        id="view"
        class="field"
        value={view}
        onChange={(event) => {
          const next = VIEWS.find((name) => name === event.currentTarget.value) ?? DEFAULT_NETWORK.view;
          pushNetwork({ view: next, limit: null, camera: null });
        }}
      >
        {VIEWS.map((name) => (
          <option key={name} value={name} selected={name === view}>
            {t(VIEW_KEYS[name])}
          </option>
        ))}
      </select>
    </label>
  );
}

const SHAPE_KEYS = { picture: 'net.as.picture', table: 'net.as.table', both: 'net.as.both' } as const;

/** Picture, table, or both side by side. */
export function ShapeField({ shape }: { readonly shape: Shape }): JSX.Element {
  return (
    <div class="net-shapes" role="group" aria-label={t('net.as')}>
      {SHAPES.map((name) => (
        <button
          key={name}
          type="button"
          class="button button-icon"
          data-as={name}
          aria-pressed={name === shape}
          aria-label={t(SHAPE_KEYS[name])}
          title={t(SHAPE_KEYS[name])}
          onClick={() => replaceNetwork({ shape: name })}
        >
          <LineIcon name={name} />
        </button>
      ))}
    </div>
  );
}

/** Nearer, farther, and the whole. */
export function ZoomField({ control }: { readonly control: PictureControl }): JSX.Element {
  const buttons = [
    ['plus', 'net.zoom.in', () => control.zoomBy(1.5)],
    ['minus', 'net.zoom.out', () => control.zoomBy(1 / 1.5)],
    ['fit', 'net.zoom.fit', () => control.fit()],
  ] as const;
  return (
    <div class="net-zoom" role="group" aria-label={t('net.zoom')}>
      {buttons.map(([icon, key, onClick]) => (
        <button key={key} type="button" class="button button-icon" data-zoom={icon} aria-label={t(key)} title={t(key)} onClick={onClick}>
          <LineIcon name={icon} />
        </button>
      ))}
    </div>
  );
}

/** The way back from what was opened, closed and switched off by hand. */
export function ResetButton({ state }: { readonly state: NetworkState }): JSX.Element | null {
  const { expand, collapse, hide } = state;
  if (expand.length + collapse.length + hide.length === 0) return null;
  return (
    <button type="button" class="link" onClick={() => pushNetwork({ expand: [], collapse: [], hide: [] })}>
      {t('net.reset')}
    </button>
  );
}
