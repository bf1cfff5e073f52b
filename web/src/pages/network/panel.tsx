// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isGroup } from '../../data/network-facts';
import { t } from '../../i18n';
import { CrossIcon } from '../../ui/icons';
import type { Desk } from './desk';
import { GroupPanel } from './panel-group';
import { ModelPanel } from './panel-model';

/** What the details can do to the page. */
export interface PanelActions {
  /** Selects a node and goes to it. */
  readonly onGo: (node: number) => void;
  /** Shows the derived models of a node, and takes them away. */
  readonly onExpand: (node: number) => void;
  readonly onCollapse: (node: number) => void;
  readonly onClose: () => void;
  /** The panel is drawn, and covers part of the picture. */
  readonly onShown: (node: number) => void;
}

const DRAG_PX = 40;
const GHOST_MS = 500;

/** Details of the selected node: at the side, or from below on a phone, where it can be drawn up and down. */
export function Panel({ desk, actions }: { readonly desk: Desk; readonly actions: PanelActions }): JSX.Element {
  const { network, selected } = desk;
  const [isTall, setTall] = useState(false);
  const start = useRef<number | null>(null);
  const isDragged = useRef(false);
  const shown = useRef(actions.onShown);
  shown.current = actions.onShown;
  const id = network.id(selected);
  const isOfGroup = isGroup(network, selected);
  const since = useRef(0);
  const isPressed = useRef(false);
  useLayoutEffect(() => {
    since.current = performance.now();
    isPressed.current = false;
    shown.current(selected);
  }, [network, selected]);
  const frame = useRef<HTMLElement>(null);
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    // a button that did its work may be gone: the focus stays in the panel
    if (hasFocus.current && document.activeElement === document.body) frame.current?.focus({ preventScroll: true });
  });

  const drag = (event: PointerEvent): void => {
    const from = start.current;
    start.current = null;
    if (from === null) return;
    const way = event.clientY - from;
    isDragged.current = Math.abs(way) > DRAG_PX;
    if (way > DRAG_PX && !isTall) actions.onClose();
    else if (Math.abs(way) > DRAG_PX) setTall(way < 0);
  };
  return (
    <aside
      class={`net-panel${isOfGroup ? ' net-panel-wide' : ''}${isTall ? ' net-panel-tall' : ''}`}
      ref={frame}
      tabIndex={-1}
      aria-label={t('net.panel')}
      data-node={id}
      onPointerDownCapture={() => {
        isPressed.current = true;
      }}
      onClickCapture={(event) => {
        // the end of the tap on the picture that opened the panel under the finger
        if (event.detail === 0 || isPressed.current || performance.now() - since.current > GHOST_MS) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget !== null) hasFocus.current = false;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        actions.onClose();
      }}
    >
      <button
        type="button"
        class="net-grip"
        aria-label={t('net.panel.size')}
        aria-expanded={isTall}
        onPointerDown={(event) => {
          start.current = event.clientY;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerUp={drag}
        onClick={() => {
          if (!isDragged.current) setTall(!isTall);
          isDragged.current = false;
        }}
      />
      <button type="button" class="button button-quiet button-icon net-close" aria-label={t('net.panel.close')} title={t('net.panel.close')} onClick={actions.onClose}>
        <CrossIcon />
      </button>
      <div class="net-panel-body" key={id}>
        {isOfGroup ? <GroupPanel desk={desk} /> : <ModelPanel desk={desk} actions={actions} />}
      </div>
    </aside>
  );
}
