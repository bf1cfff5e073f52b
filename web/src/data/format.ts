// SPDX-License-Identifier: MIT

/** Shown where a value is not known. */
export const UNKNOWN = '–';

/** Turns values into text for one language. Every method takes null for "not known". */
export interface Formats {
  /** All digits, grouped. */
  readonly integer: (value: number | null) => string;
  /** Two decimals. */
  readonly decimal: (value: number | null) => string;
  /** A constant of a formula: as many decimals as it has, at most six. */
  readonly constant: (value: number) => string;
  /** From 0 to 100, one decimal. */
  readonly percent: (value: number) => string;
  /** From 0 to 100, two digits that count: for shares of which most are small. */
  readonly share: (value: number) => string;
  /** Three digits and a unit: 7.6B, 76.2亿; all digits of what is too small for a unit of the language. */
  readonly compact: (value: number | null) => string;
  /** The day, in UTC, of a date or date-time. */
  readonly date: (value: string | null) => string;
  /** The month, in UTC, of a date. */
  readonly month: (value: string) => string;
  /** One form of `forms` ("one|other"), by the plural rule of the language. */
  readonly plural: (forms: string, count: number) => string;
}

/** Formats for a BCP 47 `locale`. */
export function createFormats(locale: string): Formats {
  const number = (options: Intl.NumberFormatOptions): Intl.NumberFormat => new Intl.NumberFormat(locale, options);
  const integer = number({ maximumFractionDigits: 0 });
  const decimal = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const constant = number({ maximumFractionDigits: 6 });
  const percent = number({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const share = number({ style: 'percent', maximumSignificantDigits: 2 });
  // what is written without a unit has all its digits: 3,684
  const compact = number({ notation: 'compact', maximumSignificantDigits: 3, maximumFractionDigits: 0, roundingPriority: 'morePrecision', useGrouping: true });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  const plurals = new Intl.PluralRules(locale);
  return {
    integer: (value) => known(value, integer.format),
    decimal: (value) => known(value, decimal.format),
    constant: (value) => constant.format(value),
    percent: (value) => percent.format(value / 100),
    share: (value) => share.format(value / 100),
    compact: (value) => known(value, compact.format),
    date: (value) =>
      known(value, (text) => {
        const time = Date.parse(text);
        return Number.isNaN(time) ? UNKNOWN : date.format(time);
      }),
    month: (value) => month.format(Date.parse(value)),
    plural: (forms, count) => {
      const [one = '', other = one] = forms.split('|');
      return plurals.select(count) === 'one' ? one : other;
    },
  };
}

function known<T>(value: T | null, format: (value: T) => string): string {
  return value === null ? UNKNOWN : format(value);
}

/** A key of the Hub as people read it: dashes become blanks. */
export function humanise(key: string): string {
  return key.replaceAll(/[-_]+/g, ' ');
}
