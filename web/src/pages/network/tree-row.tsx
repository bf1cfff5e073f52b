// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { FLAG } from '../../data/network';
import { authorName, authorOf, basesOf, dayText, hasFlag, isGroup, known, parentRelation } from '../../data/network-facts';
import type { TreeRows } from '../../data/network-tree';
import { RELATION_KEYS, fmt, t } from '../../i18n';
import { Avatar, Day, ModelId, RelationBadge } from '../../ui/bits';
import { DownIcon } from '../../ui/icons';
import type { Desk } from './desk';

interface RowProps {
  readonly desk: Desk;
  readonly rows: TreeRows;
  readonly row: number;
  /** Where it stands, in pixels. */
  readonly top: number;
  /** Undefined where nothing hangs on it. */
  readonly isOpen: boolean | undefined;
  readonly isActive: boolean;
  readonly onOpen: (node: number, isOpen: boolean) => void;
  readonly onSelect: (node: number) => void;
}

/** One node as a row of the table. */
export function TreeRow({ desk, rows, row, top, isOpen, isActive, onOpen, onSelect }: RowProps): JSX.Element {
  const { network, selected } = desk;
  const { integer, decimal } = fmt();
  const node = rows.nodes[row] ?? 0;
  const level = rows.level[row] ?? 1;
  const author = authorOf(network, node);
  const relation = parentRelation(network, node);
  return (
    <div
      role="row"
      class={node === selected ? 'net-tree-row selected' : 'net-tree-row'}
      style={{ top: `${top}px`, '--level': String(Math.min(level, 12) - 1) }}
      aria-level={level}
      aria-setsize={rows.setSize[row]}
      aria-posinset={rows.position[row]}
      aria-rowindex={row + 2}
      aria-expanded={isOpen}
      aria-selected={node === selected}
      tabIndex={isActive ? 0 : -1}
      data-node={network.id(node)}
      onClick={() => onSelect(node)}
    >
      <div role="gridcell" class="net-tree-name">
        {isOpen === undefined ? (
          <span class="net-twist" />
        ) : (
          <span
            class={isOpen ? 'net-twist net-twist-open' : 'net-twist'}
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              onOpen(node, !isOpen);
            }}
          >
            <DownIcon />
          </span>
        )}
        <Avatar author={author.name} size={24} />
        <span class="net-tree-id">{isGroup(network, node) ? t('net.models', { n: network.models[node] ?? 0 }) : <ModelId id={network.id(node)} />}</span>
        <Marks desk={desk} node={node} />
      </div>
      <div role="gridcell">{relation === null ? '' : <RelationBadge relation={relation} />}</div>
      <div role="gridcell">{author.name === '' ? t('net.no-owner') : authorName(author)}</div>
      <div role="gridcell">
        <Day value={dayText(network.created[node])} />
      </div>
      <div role="gridcell" class="number">
        {integer(known(network.likes[node]))}
      </div>
      <div role="gridcell" class="number">
        {integer(known(network.downloads[node]))}
      </div>
      <div role="gridcell" class="number">
        {decimal(network.influence[node] ?? 0)}
      </div>
      <div role="gridcell">{otherBases(desk, node)}</div>
    </div>
  );
}

/* What else holds for a node: only what is not plain. */
function Marks({ desk: { network }, node }: { readonly desk: Desk; readonly node: number }): JSX.Element | null {
  const marks = [
    hasFlag(network, node, FLAG.root) ? t('net.legend.chosen') : null,
    hasFlag(network, node, FLAG.removed) ? t('badge.removed') : null,
    hasFlag(network, node, FLAG.placeholder) ? t('badge.placeholder') : null,
    (network.more[node] ?? 0) > 0 ? t('net.more', { n: network.more[node] ?? 0 }) : null,
  ].filter((mark) => mark !== null);
  return marks.length === 0 ? null : <span class="net-tree-marks">{marks.join(' · ')}</span>;
}

function otherBases({ network }: Desk, node: number): string {
  const parent = network.parent[node] ?? -1;
  return basesOf(network, node)
    .filter((base) => base.node !== parent)
    .map((base) => `${network.id(base.node)} (${t(RELATION_KEYS[base.relation])})`)
    .join(', ');
}
