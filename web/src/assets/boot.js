// SPDX-License-Identifier: MIT
// Runs before the first paint: theme and language of the document, and what to say when the application cannot
// be loaded. Kept in step with ui/theme.ts and i18n/index.ts, which take over as soon as it is.
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
  const isChinese = /^zh/i.test(lang);
  document.documentElement.dataset.theme = theme;
  document.documentElement.lang = isChinese ? 'zh-CN' : 'en';

  const tellFailure = () => {
    const note = document.createElement('p');
    const again = document.createElement('a');
    note.className = 'bar-note';
    note.setAttribute('role', 'alert');
    note.append(isChinese ? '页面加载失败。' : 'The page could not be loaded. ', again);
    again.href = '';
    again.textContent = isChinese ? '重新载入' : 'Reload';
    document.getElementById('app')?.replaceChildren(note);
  };
  // its own scripts, and the texts it asks for (main.tsx)
  addEventListener('error', (event) => event.target instanceof HTMLScriptElement && tellFailure(), true);
  addEventListener('ecoviz:failed', tellFailure);
}
