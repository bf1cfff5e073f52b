// SPDX-License-Identifier: MIT

/** The bytes of docs/format/network.md: the prelude, the sections, and the numbers in them. */

const MAGIC = [0x45, 0x43, 0x4f, 0x4e, 0x45, 0x54, 0x31, 0];
const PRELUDE = 12;
const HEAD_MAX = 2 * 1024 * 1024;
/* what the tenth byte of a varint counts */
const SCALE_MAX = 2 ** 63;
const TOO_SHORT = 'it ends too early';

/** Says what is wrong with a file, and where. */
export function refuse(section: string, position: number, what: string): never {
  throw new Error(`network: ${section}, byte ${position}: ${what}`);
}

/** One section of a file. Its numbers are read all at once: that is several times faster than one by one. */
export class Section {
  readonly name: string;
  readonly bytes: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }

  refuse(position: number, what: string): never {
    return refuse(this.name, position, what);
  }

  /** The varints of the section, `count` of them and each at most `max`. */
  varints(count: number, max = Number.MAX_SAFE_INTEGER): Float64Array {
    const { bytes } = this;
    // nothing is made for elements that cannot be there
    if (bytes.length < count) this.refuse(bytes.length, `${bytes.length} bytes for ${count} numbers`);
    const values = new Float64Array(count);
    let at = 0;
    for (let i = 0; i < count; i += 1) {
      let byte = at < bytes.length ? (bytes[at] as number) : this.refuse(at, TOO_SHORT);
      let value = byte & 127;
      at += 1;
      for (let scale = 128; byte > 127; scale *= 128) {
        if (at >= bytes.length) this.refuse(at, TOO_SHORT);
        if (scale > SCALE_MAX) this.refuse(at, 'a number of more than ten bytes');
        byte = bytes[at] as number;
        value += (byte & 127) * scale;
        at += 1;
      }
      if (value > max) this.refuse(at, `${value} is more than ${max}`);
      values[i] = value;
    }
    if (at !== bytes.length) this.refuse(at, `${bytes.length - at} bytes too many`);
    return values;
  }

  /** The signed numbers of the section. */
  zigzags(count: number): Float64Array {
    const values = this.varints(count);
    for (let i = 0; i < count; i += 1) {
      const value = values[i] as number;
      values[i] = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    return values;
  }

  /** The bytes of the section, copied. */
  all(count: number): Uint8Array {
    if (this.bytes.length !== count) this.refuse(Math.min(count, this.bytes.length), `${this.bytes.length} bytes, not ${count}`);
    return this.bytes.slice();
  }
}

/** Takes a file apart: its head, and its sections in the order in which they stand. */
export function openFile(buffer: ArrayBuffer): { readonly head: Readonly<Record<string, unknown>>; readonly sections: readonly Section[] } {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < PRELUDE) refuse('prelude', bytes.length, TOO_SHORT);
  MAGIC.forEach((value, i) => {
    if (bytes[i] !== value) refuse('prelude', i, 'not a network, or of another version');
  });
  const length = new DataView(buffer).getUint32(8, true);
  if (length > HEAD_MAX || PRELUDE + length > bytes.length) refuse('prelude', 8, `a head of ${length} bytes`);
  const head = readHead(bytes.subarray(PRELUDE, PRELUDE + length));
  return { head, sections: cut(bytes, PRELUDE + length, head['sections']) };
}

/** Texts that stand one after the other: where each begins, and the end. */
export function textOffsets(lengths: Section, text: Section, count: number): Uint32Array {
  const sizes = lengths.varints(count, text.bytes.length);
  const offsets = new Uint32Array(count + 1);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    at += sizes[i] as number;
    if (at > text.bytes.length) text.refuse(text.bytes.length, TOO_SHORT);
    offsets[i + 1] = at;
  }
  if (at !== text.bytes.length) text.refuse(at, `${text.bytes.length - at} bytes too many`);
  return offsets;
}

/** All these texts: decoded as one and cut, which is faster than one by one. */
export function readTexts(text: Section, offsets: Uint32Array): readonly string[] {
  const all = decode(text.name, text.bytes);
  const isAscii = all.length === text.bytes.length;
  let from = 0;
  return Array.from({ length: offsets.length - 1 }, (_, i) => {
    const [start, end] = [offsets[i] as number, offsets[i + 1] as number];
    const to = isAscii ? end : from + units(text, start, end);
    const cutOut = all.slice(from, to);
    from = to;
    return cutOut;
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readHead(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let head: unknown;
  try {
    head = JSON.parse(decode('head', bytes));
  } catch (error) {
    return refuse('head', PRELUDE, error instanceof Error ? error.message : 'not JSON');
  }
  return isObject(head) ? head : refuse('head', PRELUDE, 'not an object');
}

function cut(bytes: Uint8Array, start: number, list: unknown): readonly Section[] {
  if (!Array.isArray(list)) return refuse('head', PRELUDE, 'no list of sections');
  let at = start;
  const sections = list.map((entry: unknown) => {
    const [name, length]: readonly unknown[] = Array.isArray(entry) ? entry : [];
    if (typeof name !== 'string' || typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
      return refuse('head', PRELUDE, 'a section without name or length');
    }
    if (at + length > bytes.length) refuse(name, at, `${length} bytes, but the file has ${bytes.length - at} left`);
    at += length;
    return new Section(name, bytes.subarray(at - length, at));
  });
  if (at !== bytes.length) refuse('file', at, `${bytes.length - at} bytes too many`);
  return sections;
}

function decode(section: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(section, 0, 'not UTF-8');
  }
}

/* UTF-16 units of the bytes from `from` to `to`: two for a character of four bytes, else one */
function units(text: Section, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const byte = text.bytes[i] ?? 0;
    if ((byte & 0xc0) === 0x80) {
      if (i === from) text.refuse(i, 'a text begins inside a character');
    } else {
      count += byte >= 0xf0 ? 2 : 1;
    }
  }
  return count;
}
