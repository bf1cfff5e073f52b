// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generate } from '../../scripts/gen-api.mjs';
import { FACETS, GROWTH_BYS, TREE_BYS } from '../../src/data/dashboard-state';
import { VIEWS } from '../../src/data/network';
import { startMock } from '../mock/server.mjs';
import { breaches } from '../support/contract.mjs';

test('src/api/schema.ts is what gen:api writes', () => {
  expect(readFileSync(new URL('../../src/api/schema.ts', import.meta.url), 'utf8')).toBe(generate());
});

test('the mock keeps to the contract', async () => {
  const mock = await startMock();
  try {
    const get = async (path: string): Promise<unknown> => (await fetch(mock.url + path)).json();
    const page = (await get('/api/v1/models?per_page=100')) as { readonly models: readonly { readonly id: string }[] };
    expect(breaches(page, 'ModelPage')).toEqual([]);
    expect(breaches(await get('/api/v1/about'), 'About')).toEqual([]);
    for (const id of [...page.models.map((model) => model.id), 'far-away/unseen-base-7b']) {
      expect(breaches(await get(`/api/v1/models/${id}`), 'ModelDetail')).toEqual([]);
    }
    for (const view of VIEWS) {
      expect(breaches(await get(`/api/v1/networks?top=9&view=${view}&until=2025-03-31&hide=merge`), 'Network')).toEqual([]);
    }
    expect(breaches(await get('/api/v1/dashboard'), 'Dashboard')).toEqual([]);
    for (const by of GROWTH_BYS) expect(breaches(await get(`/api/v1/dashboard/growth?by=${by}`), 'Growth')).toEqual([]);
    for (const by of TREE_BYS) expect(breaches(await get(`/api/v1/dashboard/treemap?by=${by}&size=likes`), 'Treemap')).toEqual([]);
    for (const path of ['by=author&size=models', 'by=author&value=open-meadow', 'by=task&value=none&size=models']) {
      expect(breaches(await get(`/api/v1/dashboard/treemap?${path}`), 'Treemap')).toEqual([]);
    }
    for (const facet of FACETS) {
      expect(breaches(await get(`/api/v1/dashboard/${facet}?per_page=3`), 'FacetValues')).toEqual([]);
      expect(breaches(await get(`/api/v1/dashboard/${facet}/none`), 'FacetDetail')).toEqual([]);
    }
    expect(breaches(await get('/api/v1/dashboard/language/others'), 'FacetDetail')).toEqual([]);
    expect(breaches(await get('/api/v1/dashboard/author/open-meadow'), 'FacetDetail')).toEqual([]);
    expect(breaches(await get('/api/v1/dashboard/drift'), 'Drift')).toEqual([]);
    expect(breaches(await get('/api/v1/dashboard/drift/models?from=mit&to=mit'), 'DriftModels')).toEqual([]);
    expect(breaches(await get('/api/v1/dashboard/treemap?by=model&size=models'), 'Problem')).toEqual([]);
    expect(breaches(await get('/api/v1/dashboard/author/nobody'), 'Problem')).toEqual([]);
    const [first] = page.models;
    expect(breaches(await get(`/api/v1/networks/members?top=9&view=author&author=open-meadow`), 'NetworkMembers')).toEqual([]);
    expect(breaches(await get(`/api/v1/networks?model=${first?.id ?? ''}&q=a`), 'Network')).toEqual([]);
    expect(breaches(await get('/api/v1/networks'), 'Problem')).toEqual([]);
    expect(breaches(await get('/api/v1/models?sort=no'), 'Problem')).toEqual([]);
    expect(breaches(await get('/api/v1/models/no/such'), 'Problem')).toEqual([]);
  } finally {
    await mock.stop();
  }
});
