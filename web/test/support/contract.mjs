// SPDX-License-Identifier: MIT
// Holds an answer of the API to its schema in docs/openapi.yaml; knows the words the contract uses.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const document = parse(readFileSync(new URL('../../../docs/openapi.yaml', import.meta.url), 'utf8'));
const { schemas } = document.components;

function typeOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isType(value, type) {
  const actual = typeOf(value);
  return actual === type || (type === 'number' && actual === 'integer');
}

function* check(value, schema, path) {
  if (schema.$ref) {
    yield* check(value, schemas[schema.$ref.split('/').at(-1)], path);
    return;
  }
  if (schema.oneOf) {
    const all = schema.oneOf.map((one) => [...check(value, one, path)]);
    if (!all.some((bad) => bad.length === 0)) yield* all.toSorted((a, b) => a.length - b.length)[0];
    return;
  }
  if (schema.type && ![schema.type].flat().some((type) => isType(value, type))) {
    yield `${path}: ${typeOf(value)} instead of ${schema.type}`;
    return;
  }
  if ('const' in schema && value !== schema.const) yield `${path}: ${value} instead of ${schema.const}`;
  if (schema.enum && !schema.enum.includes(value)) yield `${path}: ${value} is not one of ${schema.enum}`;
  if (typeof value === 'number' && value < schema.minimum) yield `${path}: ${value} < ${schema.minimum}`;
  if (schema.pattern && typeof value === 'string' && !new RegExp(schema.pattern, 'u').test(value)) yield `${path}: ${value} is not like ${schema.pattern}`;
  if (schema.format === 'date' && value !== null && !/^\d{4}-\d\d-\d\d$/.test(value)) yield `${path}: ${value} is not a date`;
  if (schema.format === 'date-time' && typeof value === 'string' && Number.isNaN(Date.parse(value))) yield `${path}: ${value} is not a time`;
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) yield `${path}: ${value.length} items`;
    for (const [index, item] of value.entries()) yield* check(item, schema.items ?? {}, `${path}[${index}]`);
  } else if (typeOf(value) === 'object') {
    for (const name of schema.required ?? []) if (!(name in value)) yield `${path}.${name}: missing`;
    for (const [name, item] of Object.entries(value)) {
      const own = schema.properties?.[name] ?? schema.additionalProperties ?? {};
      if (own === false) yield `${path}.${name}: not in the contract`;
      else if (own !== true) yield* check(item, own, `${path}.${name}`);
    }
  }
}

/** Every way in which `value` differs from the schema `name`; empty where it keeps to it. */
export function breaches(value, name) {
  return [...check(value, schemas[name], name)];
}

/** Values of the sort parameter of the leaderboard. */
export const apiSortKeys = document.paths['/api/v1/models'].get.parameters.find(({ name }) => name === 'sort').schema.enum;
