// SPDX-License-Identifier: MIT

const chinese = new Intl.DisplayNames(['zh-CN'], { type: 'language', fallback: 'none' });
const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/* What is no language, by the names it has in the interface. */
const VALUES: Readonly<Record<string, readonly string[]>> = { multilingual: ['Multilingual', '多语言'], code: ['Programming code', '程序代码'] };
/* The Hub has one code for what people tell apart. */
const ALSO: Readonly<Record<string, readonly string[]>> = { zh: ['Simplified Chinese', 'Traditional Chinese', 'Mandarin', '简体中文', '繁体中文', '繁體中文', '汉语', '普通话'] };

/** Names of the language `code` that people may type in any language of the interface: in English, in Chinese, and its own. */
export function languageNames(code: string): readonly string[] {
  // values of the facet that name no language; the first is too long for a tag, the second is one by accident
  if (code === 'multilingual' || code === 'code') return VALUES[code] ?? [];
  try {
    return unique([english.of(code), chinese.of(code), ownName(code), ...(ALSO[code] ?? [])]);
  } catch {
    // no language tag at all
    return [];
  }
}

function unique(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== undefined);
}

/* Not kept: there is one for every language, and it is asked for one name. */
function ownName(code: string): string | undefined {
  if (Intl.DisplayNames.supportedLocalesOf([code]).length === 0) return undefined;
  return new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
}
