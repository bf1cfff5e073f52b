// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { exportHref } from '../../data/network-state';
import type { NetworkState } from '../../data/network-state';
import { t } from '../../i18n';
import { LineIcon } from '../../ui/network-icons';
import { Popover } from '../../ui/popover';
import { titleText } from './head';
import type { PictureControl } from './control';

interface DownloadProps {
  readonly state: NetworkState;
  readonly control: PictureControl;
  /** Whether there is a picture to save. */
  readonly hasPicture: boolean;
  readonly onNote: (text: string) => void;
}

const FILES = [
  ['gexf', 'net.save.gexf'],
  ['graphml', 'net.save.graphml'],
  ['json', 'net.save.json'],
] as const;

/** Files of what is shown: the picture as it is on screen, and the network with exactly its nodes and edges. */
export function DownloadField({ state, control, hasPicture, onNote }: DownloadProps): JSX.Element {
  const name = fileName(state);
  const button = (
    <>
      <LineIcon name="download" />
      <span class="net-tool-text">{t('net.save')}</span>
    </>
  );
  const picture = async (kind: 'png' | 'svg'): Promise<void> => {
    try {
      const { view } = control;
      if (view === null) return;
      const blob = kind === 'png' ? await view.toPng() : new Blob([await view.toSvg()], { type: 'image/svg+xml' });
      save(blob, `${name}.${kind}`);
    } catch (error) {
      onNote(t('net.save.failed', { detail: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <Popover id="save" class="task-filter net-save" label={t('net.save')} button={button}>
      {(close) => (
        <ul class="net-menu">
          {(['png', 'svg'] as const).map((kind) => (
            <li key={kind}>
              <button
                type="button"
                disabled={!hasPicture}
                data-save={kind}
                onClick={() => {
                  close();
                  void picture(kind);
                }}
              >
                {t(kind === 'png' ? 'net.save.png' : 'net.save.svg')}
              </button>
            </li>
          ))}
          {FILES.map(([format, key]) => (
            <li key={format}>
              <a href={exportHref(state, format)} download={`${name}.${format}`} data-save={format} onClick={close}>
                {t(key)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

/* Letters, digits and dashes: a name that every file system takes. */
function fileName(state: NetworkState): string {
  const title = state.models.length === 0 ? `top-${state.top}` : titleText(state, undefined);
  return `ecoviz-${title}-${state.view}`.replaceAll(/[^\p{L}\p{N}.]+/gu, '-').slice(0, 80);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // the browser has taken it by then
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copies the address, which restores exactly this view. */
export function LinkButton({ onNote }: { readonly onNote: (text: string) => void }): JSX.Element {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      onNote(t('net.link.copied'));
    } catch {
      // not a safe origin, or not allowed: the address bar has the same
      onNote(t('net.link.failed'));
    }
  };
  return (
    <button type="button" class="button button-icon" id="copy-link" aria-label={t('net.link')} title={t('net.link')} onClick={() => void copy()}>
      <LineIcon name="link" />
    </button>
  );
}
