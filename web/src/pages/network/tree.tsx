// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { shownChildren, treeRows } from '../../data/network-tree';
import type { TreeRows } from '../../data/network-tree';
import { t } from '../../i18n';
import type { Desk } from './desk';
import { rowAfter } from './tree-keys';
import { TreeRow } from './tree-row';
import { useOpenNodes } from './tree-open';

/** Height of a row in pixels; the style sheet says the same. */
const ROW = 44;
/** Rows drawn beyond both ends of the view. */
const EXTRA = 6;

interface TreeProps {
  readonly desk: Desk;
  readonly onSelect: (node: number) => void;
}

/** The same network in words: a table in the order of the tree, of which only the rows in view are drawn. */
export function TreeTable({ desk, onSelect }: TreeProps): JSX.Element {
  const { network, mask, selected } = desk;
  const [open, setOpen] = useOpenNodes(network, selected);
  const rows = useMemo(() => treeRows(network, mask.nodes, open), [network, mask, open]);
  const children = useMemo(() => shownChildren(network, mask.nodes), [network, mask]);
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [active, setActive] = useState(0);
  const hasFocus = useRef(false);
  const at = Math.min(active, Math.max(0, rows.nodes.length - 1));

  useLayoutEffect(() => watchFrame(frame.current, setView), []);
  useEffect(() => {
    const row = rows.nodes.indexOf(selected);
    if (row < 0) return;
    setActive(row);
    scrollToRow(frame.current, row);
  }, [selected, rows]);
  useLayoutEffect(() => {
    if (hasFocus.current) frame.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [at, view.top, rows]);

  const move = (row: number): void => {
    setActive(row);
    scrollToRow(frame.current, row);
  };
  const setNodeOpen = (node: number, isOpen: boolean): void => setOpen(isOpen ? new Set([...open, node]) : new Set([...open].filter((other) => other !== node)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const node = rows.nodes[at];
    if (node === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = rowAfter(event.key, at, rows, { isOpen: open.has(node), hasChildren: (children[node] ?? 0) > 0, page: Math.floor(view.height / ROW) - 1 });
    if (event.key === 'Enter' || event.key === ' ') onSelect(node);
    else if (event.key === 'Escape') onSelect(-1);
    else if (step === 'open' || step === 'close') setNodeOpen(node, step === 'open');
    else if (step === null) return;
    else move(step);
    event.preventDefault();
  };

  const first = Math.max(0, Math.floor(view.top / ROW) - EXTRA);
  const last = Math.min(rows.nodes.length, Math.ceil((view.top + view.height) / ROW) + EXTRA);
  return (
    <div
      class="net-tree"
      ref={frame}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={(event) => {
        // a focused row that is scrolled away takes the focus with it, but one has not left
        if (event.relatedTarget !== null) hasFocus.current = false;
      }}
    >
      <div role="treegrid" aria-label={t('net.tree')} aria-rowcount={rows.nodes.length + 1} onKeyDown={onKeyDown}>
        <TreeHead />
        <div role="rowgroup" class="net-tree-rows" style={{ height: `${rows.nodes.length * ROW}px` }}>
          {rowsBetween(rows, first, last, at).map((row) => (
            <TreeRow
              key={rows.nodes[row] ?? -1}
              desk={desk}
              rows={rows}
              row={row}
              top={row * ROW}
              isOpen={(children[rows.nodes[row] ?? 0] ?? 0) === 0 ? undefined : open.has(rows.nodes[row] ?? -1)}
              isActive={row === at}
              onOpen={setNodeOpen}
              onSelect={(node) => {
                setActive(row);
                onSelect(node);
              }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/* The rows in view, and the one that holds the place of the focus. */
function rowsBetween(rows: TreeRows, first: number, last: number, active: number): readonly number[] {
  const range = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  if (rows.nodes.length === 0 || (active >= first && active < last)) return range;
  return active < first ? [active, ...range] : [...range, active];
}

function TreeHead(): JSX.Element {
  return (
    <div role="rowgroup" class="net-tree-head">
      <div role="row" aria-rowindex={1} class="net-tree-row">
        {(['col.name', 'net.col.relation', 'col.author', 'col.created', 'col.likes', 'col.downloads', 'col.influence', 'net.col.bases'] as const).map((key) => (
          <div key={key} role="columnheader">
            {t(key)}
          </div>
        ))}
      </div>
    </div>
  );
}

function watchFrame(frame: HTMLElement | null, onView: (view: { readonly top: number; readonly height: number }) => void): (() => void) | undefined {
  if (frame === null) return undefined;
  const tell = (): void => onView({ top: frame.scrollTop, height: frame.clientHeight });
  const observer = new ResizeObserver(tell);
  observer.observe(frame);
  frame.addEventListener('scroll', tell, { passive: true });
  return () => {
    observer.disconnect();
    frame.removeEventListener('scroll', tell);
  };
}

/* The head of the table stays in view: a row must not hide under it. */
function scrollToRow(frame: HTMLElement | null, row: number): void {
  if (frame === null) return;
  const top = row * ROW;
  const room = frame.clientHeight - ROW;
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + ROW > frame.scrollTop + room) frame.scrollTop = top + ROW - room;
}
