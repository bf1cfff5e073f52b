// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { authorOf, isGroup, shortName } from '../../data/network-facts';
import type { Found } from '../../data/network-find';
import { KIND_KEYS, fmt, t } from '../../i18n';
import { Avatar, ModelId } from '../../ui/bits';
import { CrossIcon, SearchIcon } from '../../ui/icons';
import type { Desk } from './desk';

interface FindProps {
  readonly desk: Desk | undefined;
  readonly text: string;
  readonly found: Found | null;
  readonly onText: (text: string) => void;
  /** A node was chosen from the list. */
  readonly onGo: (node: number) => void;
}

/** A search inside the network: what matches stays bright, and the list leads to it. */
export function FindField({ desk, text, found, onText, onGo }: FindProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const best = found?.best ?? [];
  const isListed = isOpen && found !== null && desk !== undefined;
  const at = Math.min(active, best.length - 1);

  const go = (node: number | undefined): void => {
    if (node === undefined) return;
    setOpen(false);
    onGo(node);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && best.length > 0) {
      event.preventDefault();
      setOpen(true);
      setActive(isListed ? (at + step + best.length) % best.length : 0);
    } else if (event.key === 'Enter' && isListed) {
      event.preventDefault();
      go(best[at]);
    } else if (event.key === 'Escape' && (isListed || text !== '')) {
      event.stopPropagation();
      if (isListed) setOpen(false);
      else onText('');
    }
  };
  return (
    <div
      class="search net-find"
      onFocusOut={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <SearchIcon />
      <input
        id="find"
        class="field"
        type="text"
        inputMode="search"
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        role="combobox"
        aria-label={t('net.find')}
        aria-autocomplete="list"
        aria-expanded={isListed && best.length > 0}
        aria-controls="found"
        aria-activedescendant={isListed && best.length > 0 ? `found-${at}` : undefined}
        placeholder={t('net.find.hint')}
        disabled={desk === undefined}
        value={text}
        onInput={(event) => {
          onText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKey}
      />
      {text === '' ? null : (
        <button type="button" class="field-clear" aria-label={t('list.search.clear')} title={t('list.search.clear')} onClick={() => onText('')}>
          <CrossIcon />
        </button>
      )}
      <div class="popover net-found" hidden={!isListed}>
        <p class="small" role="status">
          {isListed ? t('net.find.count', { n: found.total }) : ''}
        </p>
        <div id="found" role="listbox" aria-label={t('net.find')}>
          {isListed
            ? best.map((node, i) => (
                <div
                  key={node}
                  id={`found-${i}`}
                  role="option"
                  aria-selected={i === at}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => go(node)}
                >
                  <Option desk={desk} node={node} />
                </div>
              ))
            : null}
        </div>
      </div>
    </div>
  );
}

function Option({ desk: { network }, node }: { readonly desk: Desk; readonly node: number }): JSX.Element {
  const author = authorOf(network, node);
  return (
    <>
      <Avatar author={author.name} size={24} />
      {isGroup(network, node) ? (
        <span class="net-found-name">
          {shortName(network, node)} <span class="muted">{t(KIND_KEYS[author.kind])}</span>
        </span>
      ) : (
        <span class="net-found-name">
          <ModelId id={network.id(node)} />
        </span>
      )}
      <span class="count">{fmt().decimal(network.influence[node] ?? 0)}</span>
    </>
  );
}
