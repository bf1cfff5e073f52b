// SPDX-License-Identifier: MIT
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { getFacetValues, search } from '../api/client';
import type { FacetValue, SearchResult } from '../api/schema';
import { humanise } from '../data/format';
import { NO_LANGUAGES, languageName, languageNames } from '../data/language-names';
import { Latest, NOTHING_ASKED } from '../data/latest';
import type { LatestState } from '../data/latest';
import { SHOWN, findValues, nameValues } from '../data/suggest';
import type { FoundNames } from '../data/suggest';
import { lang, t, taskName } from '../i18n';

/** How long typing must pause before the server is asked. */
const PAUSE_MS = 80;

/** The newest answer to `question`, and what asks for it. */
export function useAnswers(question: string): readonly [LatestState<SearchResult>, Latest<SearchResult>] {
  const [state, setState] = useState<LatestState<SearchResult>>(NOTHING_ASKED);
  const [latest] = useState(() => new Latest((text, signal) => search(text, SHOWN, signal), setState, PAUSE_MS));
  useLayoutEffect(() => latest.ask(question), [latest, question]);
  useEffect(() => () => latest.stop(), [latest]);
  return [state, latest];
}

interface Values {
  readonly tasks: readonly FacetValue[];
  readonly languages: readonly FacetValue[];
}

/* Asked for once; asked for again where that failed. */
let asked: Promise<Values> | undefined;
const EMPTY: Values = { tasks: [], languages: [] };

function askValues(): Promise<Values> {
  const { signal } = new AbortController();
  asked ??= Promise.all([getFacetValues('task', 'per_page=1000', signal), getFacetValues('language', 'per_page=1000', signal)]).then(([tasks, languages]) => ({
    tasks: tasks.values,
    languages: languages.values,
  }));
  return asked;
}

/** Finds tasks and languages by the names that people know; their lists are asked for when `isFocused` first holds. */
export function useNames(isFocused: boolean): (question: string) => FoundNames {
  const [values, setValues] = useState(EMPTY);
  const language = lang();
  useEffect(() => {
    if (!isFocused || values !== EMPTY) return;
    askValues().then(setValues, () => {
      asked = undefined;
    });
  }, [isFocused, values]);
  return useMemo(() => {
    const tasks = nameValues(values.tasks, (key) => [taskName(key), humanise(key)]);
    const languages = nameValues(values.languages, (code) => (NO_LANGUAGES.has(code) ? [languageLabel(code)] : languageNames(code, localeOf(language))));
    return (question) => ({ tasks: findValues(tasks, question), languages: findValues(languages, question) });
  }, [values, language]);
}

function localeOf(language: string): string {
  return language === 'zh' ? 'zh-CN' : language;
}

/** The name of a value of the facet of languages. */
export function languageLabel(code: string): string {
  if (code === 'multilingual') return t('search.language.multilingual');
  if (code === 'code') return t('search.language.code');
  return languageName(code, localeOf(lang())) ?? code;
}
