// SPDX-License-Identifier: MIT
// @vitest-environment jsdom
import { render } from 'preact';
import { beforeAll, expect, test } from 'vitest';
import type { ModelDetail, ModelRow } from '../../src/api/schema';
import { DEFAULT_STATE } from '../../src/data/list-state';
import { setLang } from '../../src/i18n';
import { Bases } from '../../src/pages/family';
import { Influence } from '../../src/pages/influence';
import { ModelTable } from '../../src/pages/model-table';

const HOSTILE = '<img src=x onerror=alert(1)>';

const row: ModelRow = {
  rank: 1,
  id: `${HOSTILE.slice(0, 8)}/"><script>x`,
  author: { name: HOSTILE, full_name: HOSTILE, kind: 'individual' },
  created: null,
  downloads: null,
  likes: 3,
  task: HOSTILE,
  influence: 0.5,
  removed: true,
};

const detail: ModelDetail = {
  as_of: '2026-08-20',
  data: 'sample',
  model: {
    id: 'a/b',
    author: row.author,
    placeholder: false,
    removed: false,
    created: null,
    last_modified: null,
    downloads: 1000,
    downloads_all_time: null,
    likes: 3,
    task: HOSTILE,
    library: null,
    licence: null,
    gated: null,
    parameters: null,
    storage_bytes: null,
  },
  influence: {
    value: 1.0049,
    rank: null,
    of: 9,
    parts: [
      { key: 'downloads', value: 0.3333 },
      { key: 'likes', value: 0.3333 },
      { key: 'spaces', value: 0.3333 },
      { key: 'freshness', value: 0 },
      { key: 'children', value: 0.005 },
      { key: 'parents', value: 0 },
    ],
    formula: {
      weights: { downloads: 0.25, likes: 0.4, spaces: 0.2, freshness: 0.2 },
      alpha: { self: 0.6, children: 0.3, parents: 0.1 },
      lambda: { model: 1, space: 0.001 },
      relations: { adapter: 1, finetune: 1, merge: 1, quantized: 0.5 },
    },
  },
  bases: [{ id: 'x/y', author: HOSTILE, relation: 'merge', declared: false, placeholder: true, removed: false, rank: null, influence: 1 }],
  derived: { total: 0, by_relation: { adapter: 0, finetune: 0, merge: 0, quantized: 0 }, top: [] },
};

beforeAll(() => setLang('en', false, ['leaderboard', 'model']));

function draw(node: Parameters<typeof render>[0]): HTMLElement {
  const root = document.createElement('div');
  render(node, root);
  return root;
}

test('hostile text in a row is shown as text', () => {
  const root = draw(<ModelTable state={DEFAULT_STATE} models={[row]} isBusy={false} onSelect={() => undefined} />);
  expect(root.querySelectorAll('img:not(.avatar), script')).toHaveLength(0);
  expect(root.querySelector('td.c-task')?.textContent).toBe(HOSTILE.replaceAll('-', ' '));
  expect(root.querySelector('td.c-name')?.textContent).toContain('"><script>x');
  expect(root.querySelector('td.c-author a')?.getAttribute('href')).toMatch(/^https:\/\/huggingface\.co\/%3Cimg/);
  expect(root.querySelector('.badge-removed')?.textContent).toBe('removed');
});

test('the parts shown add up to the total shown, with the constants of the answer', () => {
  const root = draw(<Influence detail={detail} />);
  const points = [...root.querySelectorAll('tbody tr')].map((tr) => Number(tr.querySelector('td')?.textContent));
  expect(points).toHaveLength(6);
  expect(points.reduce((sum, value) => sum + Math.round(value * 100), 0)).toBe(100);
  expect(root.querySelector('tfoot td')?.textContent).toBe('1.00');
  expect(root.querySelector('[data-part=downloads] .maths')?.textContent).toBe('0.6 × 0.25 × ln(1,000)');
  expect(root.textContent).toContain('quantized 0.5');
});

test('a placeholder has no reach of its own', () => {
  const root = draw(<Influence detail={{ ...detail, model: { ...detail.model, placeholder: true } }} />);
  expect(root.querySelector('[data-part=downloads] .maths')?.textContent).toBe('0');
  expect(root.querySelector('[data-part=children] .maths')?.textContent).toBe('0.3 × mean of the derived models');
});

test('an inferred base outside the data set says both', () => {
  const root = draw(<Bases bases={detail.bases} />);
  expect(root.querySelector('[data-list=bases]')?.textContent).toMatch(/merge.*inferred.*not in this data set/);
});
