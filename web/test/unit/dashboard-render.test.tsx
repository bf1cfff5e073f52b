// SPDX-License-Identifier: MIT
// @vitest-environment jsdom
import { render } from 'preact';
import { beforeAll, expect, test } from 'vitest';
import type { FacetTop, FacetValue } from '../../src/api/schema';
import { setLang } from '../../src/i18n';
import { FacetTable } from '../../src/pages/dashboard/facet-table';
import { valueName } from '../../src/pages/dashboard/names';

const HOSTILE = '<img src=x onerror=alert(1)>';
const totals = { models: 1234, influence: 5678.9, likes: 0, downloads: 0 };
const value = (name: string, change: Partial<FacetValue> = {}): FacetValue => ({ value: name, full_name: null, kind: null, placeholder: false, ...totals, ...change });
const empty: FacetTop = { values: 0, top: [], others: null, none: { models: 0, influence: 0, likes: 0, downloads: 0 }, apart: [] };

beforeAll(() => setLang('en', false, ['dashboard', 'tasks']));

function draw(node: Parameters<typeof render>[0]): HTMLElement {
  const root = document.createElement('div');
  render(node, root);
  return root;
}

test('hostile names in a top list are shown as text', () => {
  const top = { ...empty, values: 1, top: [value(HOSTILE, { full_name: HOSTILE, kind: 'company' })] };
  const root = draw(<FacetTable facet="author" top={top} title="Top" />);
  expect(root.querySelectorAll('img:not(.avatar), script')).toHaveLength(0);
  expect(root.querySelector('.value-text')?.textContent).toBe(HOSTILE);
  expect(root.querySelector('.value-kind')?.textContent).toBe('company');
});

test('others, what stands apart and what has no value have rows without a rank', () => {
  const top: FacetTop = { values: 30, top: [value('zh')], others: { values: 10, ...totals, influence: 1.5 }, none: totals, apart: [value('multilingual'), value('code')] };
  const root = draw(<FacetTable facet="language" top={top} title="Top" />);
  const rows = [...root.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ['1', 'Chinese', '5,679', '1,234'],
    ['', 'Others: 10 more languages, models in none of those above', '1.50', '1,234'],
    ['', 'Multilingual', '5,679', '1,234'],
    ['', 'Programming code', '5,679', '1,234'],
    ['', 'No language told', '5,679', '1,234'],
  ]);
});

test('an empty list says what to do', () => {
  expect(draw(<FacetTable facet="task" top={empty} title="Top" />).textContent).toMatch(/Collect or import/);
});

test('values have names in the language of the reader', async () => {
  expect([valueName('language', 'de'), valueName('language', 'not a tag'), valueName('licence', 'none')]).toEqual(['German', 'not a tag', 'No licence told']);
  await setLang('zh', false, ['dashboard', 'tasks']);
  expect([valueName('language', 'de'), valueName('language', 'multilingual')]).toEqual(['德语', '多语言']);
  expect([valueName('task', 'text-generation'), valueName('kind', 'company'), valueName('author', 'a', 'A B'), valueName('month', '2026-08')]).toEqual(['文本生成', '企业', 'A B', '2026年8月']);
  await setLang('en', false, ['dashboard', 'tasks']);
});
