// SPDX-License-Identifier: MIT

/** Values of the facet that name no language; their names are texts of the interface. */
export const NO_LANGUAGES: ReadonlySet<string> = new Set(['multilingual', 'code']);

/** The name of the language `code` in the language `locale`; null where that is not known. */
export function languageName(code: string, locale: string): string | null {
  if (NO_LANGUAGES.has(code)) return null;
  try {
    return namesIn(locale).of(code) ?? null;
  } catch {
    // what is no code of BCP 47
    return null;
  }
}

/** Names of `code` that people may type: in `locale`, in English, and in the language itself. */
export function languageNames(code: string, locale: string): readonly string[] {
  if (NO_LANGUAGES.has(code)) return [];
  return [languageName(code, locale), languageName(code, 'en'), ownName(code)].filter((name) => name !== null);
}

/* Not kept: there is one for every language, and it is asked for one name. */
function ownName(code: string): string | null {
  try {
    if (Intl.DisplayNames.supportedLocalesOf([code]).length === 0) return null;
    return new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code) ?? null;
  } catch {
    return null;
  }
}

const known = new Map<string, Intl.DisplayNames>();

function namesIn(locale: string): Intl.DisplayNames {
  const names = known.get(locale) ?? new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
  known.set(locale, names);
  return names;
}
