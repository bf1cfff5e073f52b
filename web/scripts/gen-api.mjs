// SPDX-License-Identifier: MIT
// gen-api - writes src/api/schema.ts, the TypeScript types of the schemas in docs/openapi.yaml.
// It knows the few JSON Schema words the contract uses and refuses any other.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const KNOWN = new Set([
  '$ref', 'type', 'enum', 'const', 'items', 'properties', 'required', 'additionalProperties',
  'description', 'format', 'minimum', 'maximum', 'minItems', 'maxItems', 'maxLength', 'pattern', 'oneOf',
]);
const SCALARS = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

const isStray = (schema, word) => !KNOWN.has(word) && schema[word] === null;
const pad = (depth) => '  '.repeat(depth);
const literal = (value) => (typeof value === 'string' ? `'${value}'` : String(value));
const key = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

function comment(schema, depth, fallback) {
  // an unquoted comma in a flow mapping ends the text there; the rest follows as keys without a value
  const rest = Object.keys(schema).filter((word) => isStray(schema, word));
  const text = [schema.description ?? fallback ?? '', ...rest].join(', ').trim().replaceAll(/\s+/g, ' ').replaceAll('*/', '* /');
  return text === '' ? '' : `${pad(depth)}/** ${text} */\n`;
}

function objectType(schema, depth) {
  const extra = schema.additionalProperties;
  const typed = typeof extra === 'object' ? typeOf(extra, depth + 1) : undefined;
  const properties = { ...schema.properties };
  if (typed !== undefined) for (const name of schema.required ?? []) properties[name] ??= extra;
  const lines = Object.entries(properties).map(([name, property]) => {
    const optional = (schema.required ?? []).includes(name) ? '' : '?';
    return `${comment(property, depth + 1)}${pad(depth + 1)}readonly ${key(name)}${optional}: ${typeOf(property, depth + 1)};\n`;
  });
  if (typed !== undefined) lines.push(`${pad(depth + 1)}readonly [key: string]: ${typed};\n`);
  return `{\n${lines.join('')}${pad(depth)}}`;
}

function typeOf(schema, depth) {
  for (const word of Object.keys(schema)) {
    if (!KNOWN.has(word) && !isStray(schema, word)) throw new Error(`gen-api: unknown schema word ${word}`);
  }
  if (schema.$ref) return schema.$ref.replace('#/components/schemas/', '');
  if (schema.oneOf) return schema.oneOf.map((one) => typeOf(one, depth)).join(' | ');
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const names = types.map((type) => {
    if (type === 'object') return objectType(schema, depth);
    if (type === 'array') return `readonly ${wrap(typeOf(schema.items, depth))}[]`;
    const scalar = SCALARS[type];
    if (scalar === undefined) throw new Error(`gen-api: unknown type ${type}`);
    return scalar;
  });
  return names.join(' | ');
}

const wrap = (type) => (type.includes(' | ') ? `(${type})` : type);

/** The whole text of src/api/schema.ts. */
export function generate() {
  const document = parse(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8'));
  const parts = Object.entries(document.components.schemas).map(([name, schema]) => {
    const head = comment(schema, 0, `Schema ${name} of the API.`);
    const body = typeOf(schema, 0);
    return schema.type === 'object' && body.startsWith('{')
      ? `${head}export interface ${name} ${body}\n`
      : `${head}export type ${name} = ${body};\n`;
  });
  return `// SPDX-License-Identifier: MIT\n// Written by scripts/gen-api.mjs from docs/openapi.yaml; do not edit.\n\n${parts.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/api/schema.ts', import.meta.url), generate());
}
