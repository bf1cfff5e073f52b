// SPDX-License-Identifier: MIT
import type { en } from './en';

/** Name of a text of the interface. */
export type MessageKey = keyof typeof en;

/** Values for the places of a text; numbers are written the way of the language. */
export type MessageParams = Readonly<Record<string, string | number>>;

/**
 * Fills `{name}` places with `params`. Values are inserted once and never searched for places themselves, so
 * text from outside cannot pose as one.
 */
export function fill(text: string, params: MessageParams, formatNumber: (value: number) => string): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}
