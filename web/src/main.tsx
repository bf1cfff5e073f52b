// SPDX-License-Identifier: MIT
import { render } from 'preact';
import { parseRoute } from './data/route';
import { initLang } from './i18n';
import { initSelection } from './pages/list-nav';
import { App } from './ui/app';
import { preloadPage } from './ui/pages';
import { initRouter } from './ui/router';
import './ui/style/index.css';
import { initTheme } from './ui/theme';

async function start(root: HTMLElement): Promise<void> {
  initTheme();
  try {
    const { page } = parseRoute(location.pathname);
    const loading = Promise.all([initLang(), preloadPage(page)]);
    if (page === 'network') wakeGraphics();
    await loading;
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

/* A first context makes the browser start its graphics process, which takes longer than the code is on its way. */
function wakeGraphics(): void {
  document.createElement('canvas').getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
}

const root = document.getElementById('app');
if (root !== null) void start(root);
