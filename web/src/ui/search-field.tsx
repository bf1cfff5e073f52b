// SPDX-License-Identifier: MIT
import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { searchHref } from '../data/route';
import { hasTexts, lang, loadTexts, t } from '../i18n';
import { CrossIcon, SearchIcon } from './icons';
import { keepLang, navigate } from './router';
import type { SuggestionsProps } from './suggestions';

/** Id of the field of the one search; there is one on every page. */
export const SEARCH_ID = 'site-search';

/** What the list tells the field above it. */
export interface ListView {
  readonly isExpanded: boolean;
  /** Id of the active entry. */
  readonly active: string | undefined;
}

const CLOSED: ListView = { isExpanded: false, active: undefined };
const TEXTS = ['search', 'tasks'] as const;

/* What completes comes when it is first needed, or once the page is drawn: the field itself works without. */
let List: ComponentType<SuggestionsProps> | undefined;

async function loadCode(): Promise<void> {
  List ??= (await import('./suggestions')).Suggestions;
}

/** Loads what completes the search in the present language; without it the field still leads to the leaderboard. */
export async function preloadSearch(): Promise<void> {
  await Promise.all([loadCode(), loadTexts(TEXTS)]).catch(() => undefined);
}

/** The search for everything: in the head of a page, or large on the page that is about it. */
export function SearchField({ isLarge = false }: { readonly isLarge?: boolean }): JSX.Element {
  const [text, setText] = useState('');
  const [isComposing, setComposing] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const [view, setView] = useState(CLOSED);
  const [, redraw] = useState(0);
  const keys = useRef<((event: KeyboardEvent) => void) | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const language = lang();
  const isThere = List !== undefined && hasTexts(TEXTS);
  useEffect(() => {
    if (!isWanted || isThere) return;
    void preloadSearch().then(() => redraw((count) => count + 1));
  }, [isWanted, isFocused, isThere, language]);

  const done = (): void => {
    setText('');
    // the page that is shown now has the focus, unless it took it already
    setTimeout(() => {
      if (document.activeElement === input.current) (document.getElementById('results') ?? document.querySelector('h1'))?.focus();
      input.current?.blur();
    });
  };
  /* The cross empties the field; where it is empty it closes it. */
  const clear = (button: HTMLElement): void => {
    if (text === '') button.blur();
    else input.current?.focus();
    setText('');
  };
  const submit = async (): Promise<void> => {
    if (text.trim() === '') return;
    await preloadSearch();
    redraw((count) => count + 1);
    // once the list is drawn, it knows where Enter leads
    setTimeout(() => {
      if (keys.current === undefined) navigate(keepLang(searchHref(text)));
      keys.current?.(new KeyboardEvent('keydown', { key: 'Enter' }));
    });
  };
  return (
    <form
      class={isLarge ? 'search site-search site-search-large' : 'search site-search'}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onFocusIn={() => {
        setFocused(true);
        setWanted(true);
      }}
      onFocusOut={(event) => setFocused(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))}
    >
      <SearchIcon />
      <input
        ref={input}
        id={SEARCH_ID}
        class="field"
        type="text"
        inputMode="search"
        enterkeyhint="search"
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        role="combobox"
        aria-label={t('search.label')}
        aria-keyshortcuts="/"
        aria-autocomplete="list"
        aria-expanded={view.isExpanded}
        aria-controls="site-found"
        aria-activedescendant={view.active}
        placeholder={t(isLarge ? 'search.hint.large' : 'search.hint')}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={(event) => keys.current?.(event)}
      />
      {text === '' ? <kbd aria-hidden="true">/</kbd> : null}
      <button type="button" class="field-clear" hidden={text === ''} aria-label={t('list.search.clear')} title={t('list.search.clear')} onClick={(event) => clear(event.currentTarget)}>
        <CrossIcon />
      </button>
      {isWanted && isThere && List !== undefined ? (
        <List text={text} isComposing={isComposing} isFocused={isFocused} isLarge={isLarge} keys={keys} onText={setText} onView={setView} onDone={done} />
      ) : null}
    </form>
  );
}
