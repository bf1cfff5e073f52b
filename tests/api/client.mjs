// SPDX-License-Identifier: MIT
// Requests exactly as they are written down: no path is tidied up, no body unpacked.
import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** Ask; the answer is status, headers (lower-cased names) and the bytes of the body. */
export function ask(port, { method = 'GET', path, headers = {}, body, agent }) {
  const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
  return new Promise((done, fail) => {
    const call = request({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headers }, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) }));
    });
    call.on('error', fail);
    call.end(body);
  });
}

/** The body of an answer, unpacked. */
export function unpack({ headers, bytes }) {
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return bytes;
  if (encoding === 'gzip') return gunzipSync(bytes);
  if (encoding === 'br') return brotliDecompressSync(bytes);
  if (encoding === 'zstd') return execFileSync('zstd', ['-dc'], { input: bytes }); // Node 20 has none
  throw new Error(`unknown encoding ${encoding}`);
}
