// SPDX-License-Identifier: MIT
// What the page of the tests offers them: networks of any size, and a view of one.
import { decodeNetwork } from '../../src/data/network';
import { visibleAt } from '../../src/data/network-mask';
import { createGraphView } from '../../src/graph/view';
import { encodeNetwork, makeNetwork } from '../mock/network.mjs';

const STYLES = {
  light: {
    ground: '#f6f7f9', text: '#161c26', muted: '#566173', accent: '#2257d3', halo: '#f6f7f9',
    relations: ['#0b7a5e', '#2f6fdd', '#b85c00', '#7c4ddb'],
  },
  dark: {
    ground: '#0e131a', text: '#e6ebf3', muted: '#9ba8ba', accent: '#84b0ff', halo: '#0e131a',
    relations: ['#4fd0a7', '#6aa5ff', '#ffb057', '#b79bff'],
  },
};

/* Shows an invented network; what the view tells is written down in `lab.told`. */
function open({ nodes = 200, seed = 1, theme = 'dark', isStill = true, prefer, withPictures = true, roots } = {}) {
  lab.view?.destroy();
  lab.told = { hover: [], select: [], toggle: [], camera: [], failure: [], sheets: [] };
  lab.network = decodeNetwork(encodeNetwork(makeNetwork({ nodes, seed, ...(roots === undefined ? {} : { roots }) })));
  const host = document.querySelector('#host');
  document.body.style.background = STYLES[theme].ground;
  lab.view = createGraphView(host, {
    style: { ...STYLES[theme], font: 'system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif' },
    isStill,
    ...(prefer === undefined ? {} : { prefer }),
    label: (node) => lab.network.id(node).replace(/^.*\//, ''),
    avatarSheet(names) {
      lab.told.sheets.push([...names]);
      return withPictures ? `/sheet?${names.map((name) => `name=${encodeURIComponent(name)}`).join('&')}` : '/nothing';
    },
    onHover: (...told) => lab.told.hover.push(told),
    onSelect(node) {
      lab.told.select.push(node);
    },
    onToggle: (node) => lab.told.toggle.push(node),
    onCamera: (camera) => lab.told.camera.push(camera),
    onFailure: (message) => lab.told.failure.push(message),
  });
  lab.view.setNetwork(lab.network);
  lab.view.drawNow();
}

const lab = { open, decodeNetwork, encodeNetwork, makeNetwork, visibleAt, createGraphView, STYLES };
window.lab = lab;
