// SPDX-License-Identifier: MIT
import type { texts as author } from './en/author';
import type { texts as common } from './en/common';
import type { texts as dashboard } from './en/dashboard';
import type { texts as home } from './en/home';
import type { texts as leaderboard } from './en/leaderboard';
import type { texts as model } from './en/model';
import type { texts as network } from './en/network';

/**
 * The texts in parts, so that a page loads those of its own beside the common ones. Each part is a file of its name
 * in the folder of every language; its keys are those in English. In a text, {name} stands for a parameter, and
 * "one|other" are two forms chosen by the parameter n.
 */
interface Parts {
  readonly author: typeof author;
  readonly common: typeof common;
  readonly dashboard: typeof dashboard;
  readonly home: typeof home;
  readonly leaderboard: typeof leaderboard;
  readonly model: typeof model;
  readonly network: typeof network;
}

/** A part of the texts. Names of tasks are one too: for a language whose words are not the Hub's own keys. */
export type Part = keyof Parts | 'tasks';

/** Name of a text of the interface. */
export type MessageKey = { [P in keyof Parts]: keyof Parts[P] }[keyof Parts];

/** The texts of a part in a language. */
export type TextsOf<P extends keyof Parts> = Readonly<Record<keyof Parts[P], string>>;

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
