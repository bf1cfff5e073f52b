// SPDX-License-Identifier: MIT
import { effect, signal } from '@preact/signals';

/** What the user chose; `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';

const STORE_KEY = 'ecoviz.theme';
const ORDER: readonly Theme[] = ['auto', 'light', 'dark'];

/** The chosen theme. */
export const theme = signal<Theme>('auto');

/** The theme a press of the button leads to. */
export function nextTheme(from: Theme): Theme {
  return ORDER[(ORDER.indexOf(from) + 1) % ORDER.length] ?? 'auto';
}

/** Reads the choice and keeps the document in step with it and with the system. */
export function initTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = signal(system.matches);
  system.addEventListener('change', (event) => {
    isDark.value = event.matches;
  });
  theme.value = ORDER.find((name) => name === readStore()) ?? 'auto';
  effect(() => {
    const shown = theme.value === 'auto' ? (isDark.value ? 'dark' : 'light') : theme.value;
    document.documentElement.dataset['theme'] = shown;
    const color = shown === 'dark' ? '#10151d' : '#ffffff';
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', color);
  });
}

/** Changes the theme and remembers it. */
export function setTheme(next: Theme): void {
  theme.value = next;
  try {
    localStorage.setItem(STORE_KEY, next);
  } catch {
    // a browser that forbids storage: the choice lasts as long as the page
  }
}

function readStore(): string | null {
  try {
    return localStorage.getItem(STORE_KEY);
  } catch {
    return null;
  }
}
