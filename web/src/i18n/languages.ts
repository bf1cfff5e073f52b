// SPDX-License-Identifier: MIT
import { computed } from '@preact/signals';
import { lang, t } from '.';

const names = computed(() => new Intl.DisplayNames([lang() === 'zh' ? 'zh-CN' : 'en'], { type: 'language' }));

/** The name of a language in the language of the reader, as the browser knows it; else the code itself. */
export function languageName(code: string): string {
  if (code === 'multilingual') return t('language.multilingual');
  if (code === 'code') return t('language.code');
  try {
    return names.value.of(code) ?? code;
  } catch {
    // no language tag at all
    return code;
  }
}
