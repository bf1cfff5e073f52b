// SPDX-License-Identifier: MIT
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ApiError, avatarUrl, getJson, hubModelUrl, modelUrl, modelsUrl } from '../../src/api/client';

function answer(body: string, type: string, status = 200): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status, headers: { 'Content-Type': type } })));
}

async function failure(signal: AbortSignal = new AbortController().signal): Promise<unknown> {
  return getJson('/x', signal).then(
    () => null,
    (error: unknown) => error,
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('requests', () => {
  test('answer what the server sent', async () => {
    answer('{"a":1}', 'application/json; charset=utf-8');
    expect(await getJson('/x', new AbortController().signal)).toEqual({ a: 1 });
  });

  test.each([
    ['a problem', '{"code":"limit_exceeded","detail":"page=9: at most 5"}', 'application/problem+json', 400, { kind: 'problem', status: 400, code: 'limit_exceeded', detail: 'page=9: at most 5' }],
    ['a broken problem', '{"code":7', 'application/problem+json', 500, { kind: 'problem', status: 500, code: '', detail: '' }],
    ['a page of a proxy', '<html>', 'text/html', 502, { kind: 'problem', status: 502, code: '', detail: '' }],
    ['a page where data should be', '<html>', 'text/html', 200, { kind: 'format' }],
    ['broken data', '{"a":', 'application/json', 200, { kind: 'format' }],
  ])('tell of %s', async (_name, body, type, status, expected) => {
    answer(body, type, status);
    const error = await failure();
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject(expected);
  });

  test('tell of a server that is not there', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
    expect(await failure()).toMatchObject({ kind: 'network' });
  });

  test('given up on reject with the reason, not as a failure of the server', async () => {
    const control = new AbortController();
    vi.stubGlobal('fetch', () => {
      control.abort();
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });
    expect(await failure(control.signal)).toMatchObject({ name: 'AbortError' });
  });
});

test('addresses are escaped part by part', () => {
  expect(modelUrl('a b/c?d#e')).toBe('/api/v1/models/a%20b/c%3Fd%23e');
  expect(modelUrl('gpt2')).toBe('/api/v1/models/gpt2');
  expect(hubModelUrl('a/"><script>')).toBe('https://huggingface.co/a/%22%3E%3Cscript%3E');
  expect(avatarUrl('a/b')).toBe('/api/v1/authors/a%2Fb/avatar');
  expect(modelsUrl('')).toBe('/api/v1/models');
});
