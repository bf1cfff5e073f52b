// SPDX-License-Identifier: MIT
import { render } from 'preact';
import { initLang } from './i18n';
import { App } from './ui/app';
import { initRouter } from './ui/router';
import './ui/style.css';
import { initTheme } from './ui/theme';

async function start(root: HTMLElement): Promise<void> {
  initTheme();
  try {
    await initLang();
    initRouter();
    render(<App />, root);
  } catch {
    // without its texts the application cannot say this in one language
    root.textContent = 'LLM-ECO-VIZ could not be loaded. Reload the page. 加载失败，请重新载入页面。';
  }
}

const root = document.getElementById('app');
if (root !== null) void start(root);
