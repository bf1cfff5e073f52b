// SPDX-License-Identifier: MIT
// Runs before the first paint: theme and language of the document. Kept in step with ui/theme.ts and
// i18n/index.ts, which take over as soon as the application is loaded.
{
  let theme = null;
  let lang = null;
  try {
    theme = localStorage.getItem('ecoviz.theme');
    lang = localStorage.getItem('ecoviz.lang');
  } catch {
    // a browser that forbids storage
  }
  if (theme !== 'light' && theme !== 'dark') {
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  lang = new URLSearchParams(location.search).get('lang') ?? lang ?? navigator.language;
  document.documentElement.dataset.theme = theme;
  document.documentElement.lang = /^zh/i.test(lang) ? 'zh-CN' : 'en';
}
