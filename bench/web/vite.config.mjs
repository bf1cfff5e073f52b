// SPDX-License-Identifier: MIT
// Read by the vite of web/: there is no second one.
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  root: here('.'),
  base: '/',
  build: {
    outDir: here('../../build/bench-web'),
    emptyOutDir: true,
    target: ['chrome123'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
};
