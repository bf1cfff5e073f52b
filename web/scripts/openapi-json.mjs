// SPDX-License-Identifier: MIT
// openapi-json [<output file>] - the API contract docs/openapi.yaml as JSON, on standard output by default.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const source = new URL('../../docs/openapi.yaml', import.meta.url);
const json = `${JSON.stringify(parse(readFileSync(source, 'utf8')))}\n`;
const [target] = process.argv.slice(2);
if (target === undefined) process.stdout.write(json);
else writeFileSync(target, json);
