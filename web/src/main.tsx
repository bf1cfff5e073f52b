// SPDX-License-Identifier: MIT
import { render } from 'preact';
import { parseRoute } from './data/route';
import { initLang } from './i18n';
import { initSelection } from './pages/list-nav';
import { App, preloadPage } from './ui/app';
import { initRouter } from './ui/router';
import './ui/style/index.css';
import { initTheme } from './ui/theme';

async function start(root: HTMLElement): Promise<void> {
  initTheme();
  try {
    await Promise.all([initLang(), preloadPage(parseRoute(location.pathname).page)]);
    initRouter();
    initSelection();
    // the frame that index.html shows until now
    root.replaceChildren();
    render(<App />, root);
  } catch {
    // told by assets/boot.js
    dispatchEvent(new Event('ecoviz:failed'));
  }
}

const root = document.getElementById('app');
if (root !== null) void start(root);
