// SPDX-License-Identifier: MIT
import { computed, signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { getFacetValues, search } from '../api/client';
import type { FacetValue, SearchResult } from '../api/schema';
import { humanise } from '../data/format';
import { languageNames } from '../data/language-names';
import { Latest, NOTHING_ASKED } from '../data/latest';
import type { LatestState } from '../data/latest';
import { SHOWN, findValues, nameValues, namedExactly } from '../data/suggest';
import type { FoundNames } from '../data/suggest';
import { taskName } from '../i18n';
import { languageName } from '../i18n/languages';

/** How long typing must pause before the server is asked. */
const PAUSE_MS = 80;

/** The newest answer to `question`, and what asks for it. */
export function useAnswers(question: string): readonly [LatestState<SearchResult>, Latest<SearchResult>] {
  const [state, setState] = useState<LatestState<SearchResult>>(NOTHING_ASKED);
  const [latest] = useState(() => new Latest((text, abort) => search(text, SHOWN, abort), setState, PAUSE_MS));
  useLayoutEffect(() => latest.ask(question), [latest, question]);
  useEffect(() => () => latest.stop(), [latest]);
  return [state, latest];
}

interface Values {
  readonly tasks: readonly FacetValue[];
  readonly languages: readonly FacetValue[];
  /** Chinese names of tasks, whatever the language of the interface; English ones are the Hub's keys. */
  readonly chinese: Readonly<Record<string, string>>;
}

/* All there are, asked for once; asked for again where that failed. */
const values = signal<Values>({ tasks: [], languages: [], chinese: {} });
let isAsked = false;
const isPending = signal(false);

async function askValues(): Promise<void> {
  if (isAsked) return;
  isAsked = true;
  isPending.value = true;
  const { signal: never } = new AbortController();
  try {
    const [tasks, languages, { texts: chinese }] = await Promise.all([getFacetValues('task', 'per_page=1000', never), getFacetValues('language', 'per_page=1000', never), import('../i18n/zh/tasks')]);
    values.value = { tasks: tasks.values, languages: languages.values, chinese };
  } catch {
    isAsked = false;
  } finally {
    isPending.value = false;
  }
}

/* Names are those of every language of the interface. */
const findNames = computed(() => {
  const tasks = nameValues(values.value.tasks, (key) => [taskName(key), humanise(key), values.value.chinese[`task.${key}`] ?? key]);
  const languages = nameValues(values.value.languages, (code) => [languageName(code), ...languageNames(code)]);
  return (question: string): FoundNames => {
    const [task, language] = [namedExactly(tasks, question), namedExactly(languages, question)];
    const exact = task !== null ? ({ kind: 'task', value: task } as const) : language !== null ? ({ kind: 'language', value: language } as const) : null;
    return { tasks: findValues(tasks, question), languages: findValues(languages, question), exact };
  };
});

/**
 * Finds tasks and languages by the names that people know, and says whether their lists are awaited; these are asked
 * for when `isFocused` first holds.
 */
export function useNames(isFocused: boolean): readonly [(question: string) => FoundNames, boolean] {
  useEffect(() => {
    if (isFocused) void askValues();
  }, [isFocused]);
  return [findNames.value, isPending.value];
}
