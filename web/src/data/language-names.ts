// SPDX-License-Identifier: MIT

const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Names of the language `code` that people may type in any language of the interface: in English, and its own. */
export function languageNames(code: string): readonly string[] {
  // values of the facet that name no language; the first is too long for a tag, the second is one by accident
  if (code === 'multilingual' || code === 'code') return [];
  try {
    return [english.of(code), ownName(code)].filter((name) => name !== undefined);
  } catch {
    // no language tag at all
    return [];
  }
}

/* Not kept: there is one for every language, and it is asked for one name. */
function ownName(code: string): string | undefined {
  if (Intl.DisplayNames.supportedLocalesOf([code]).length === 0) return undefined;
  return new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
}
