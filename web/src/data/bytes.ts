// SPDX-License-Identifier: MIT
import { UNKNOWN } from './format';

const PREFIXES = ['', 'kilo', 'mega', 'giga', 'tera', 'peta'] as const;

/** Bytes with the decimal unit that suits them, for a BCP 47 `locale`; null is not known. */
export function formatBytes(locale: string, bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  const power = bytes < 1 ? 0 : Math.min(PREFIXES.length - 1, Math.floor(Math.log10(bytes) / 3));
  const unit = `${PREFIXES[power] ?? ''}byte`;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumSignificantDigits: 3 }).format(bytes / 1000 ** power);
}
