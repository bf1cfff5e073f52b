// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { defineConfig } from 'vite';
import { modulesOf } from './scripts/pages.mjs';

/** A file that is emitted under /assets/ with the hash of its content in the name. */
interface HashedFile {
  readonly fileName: string;
  readonly source: string;
}

function hashedFile(stem: string, extension: string, source: string): HashedFile {
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { fileName: `assets/${stem}-${hash}.${extension}`, source };
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

function link(rel: string, attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: 'link', attrs: { rel, ...attrs }, injectTo: 'head' };
}

/**
 * What vite does not do by itself: the icon, the web app manifest that names it, and the classic script
 * that sets theme and language before the first paint (the content policy allows no inline script).
 */
function boot(): Plugin {
  const icon = hashedFile('icon', 'svg', read('src/assets/icon.svg'));
  const script = hashedFile('boot', 'js', read('src/assets/boot.js').replace(/^\s*(\/\/.*)?\n/gm, ''));
  const manifest = hashedFile(
    'manifest',
    'json',
    JSON.stringify({
      name: 'LLM-ECO-VIZ',
      short_name: 'ECO-VIZ',
      start_url: '/',
      display: 'minimal-ui',
      background_color: '#10151d',
      theme_color: '#10151d',
      icons: [{ src: `/${icon.fileName}`, type: 'image/svg+xml', sizes: 'any', purpose: 'any' }],
    }),
  );
  return {
    name: 'ecoviz-boot',
    buildStart() {
      if (this.meta.watchMode) return;
      for (const file of [icon, script, manifest]) this.emitFile({ type: 'asset', ...file });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context): HtmlTagDescriptor[] {
        const dev = context.server !== undefined;
        return [
          {
            tag: 'script',
            attrs: { src: dev ? '/src/assets/boot.js' : `/${script.fileName}` },
            injectTo: 'head-prepend',
          },
          link('icon', { type: 'image/svg+xml', href: dev ? '/src/assets/icon.svg' : `/${icon.fileName}` }),
          ...(dev ? [] : [link('manifest', { href: `/${manifest.fileName}` })]),
        ];
      },
    },
  };
}

/* Names that tell what is in a file: texts by language and part, the page of a folder by the folder. */
function stemOf(name: string, source: string | null | undefined): string {
  const [, language, part] = /\/i18n\/(\w+)\/(\w+)\.ts$/.exec(source ?? '') ?? [];
  if (language !== undefined) return `${language}-${part}`;
  const [, folder] = /\/pages\/(\w+)\/page\.tsx$/.exec(source ?? '') ?? [];
  return folder === undefined ? name : `page-${folder}`;
}

/* What every page needs is one file: in several, each would be compressed by itself. */
const SRC = fileURLToPath(new URL('src/', import.meta.url));
const FRAME = new Set([...modulesOf('main.tsx', false)].filter((name) => name !== 'main.tsx').map((name) => SRC + name));

function isOfFrame(id: string): boolean {
  return FRAME.has(id) || /\/node_modules\/@?preact\//.test(id);
}

/* The charts are a file of their own, which a page loads when it draws the first one. */
function isOfCharts(id: string): boolean {
  return /\/node_modules\/(echarts|zrender|tslib)\//.test(id);
}

/* What the style sheet (light-dark, nesting) and the requests (AbortSignal.any) need: the spring of 2024. */
const BROWSERS = ['chrome123', 'firefox124', 'safari17.5'];

export default defineConfig({
  plugins: [boot()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': process.env['ECOVIZ_BASE_URL'] ?? 'http://127.0.0.1:8080' } },
  build: {
    target: BROWSERS,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'frame', test: isOfFrame }, { name: 'echarts', test: isOfCharts }] },
        chunkFileNames: ({ name, facadeModuleId }) => `assets/${stemOf(name, facadeModuleId)}-[hash].js`,
        assetFileNames: ({ names, originalFileNames }) => `assets/${stemOf('[name]', names[0]?.endsWith('.css') ? originalFileNames[0] : null)}-[hash][extname]`,
      },
    },
  },
});
