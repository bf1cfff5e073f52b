// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generate } from '../../scripts/gen-api.mjs';
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
