// SPDX-License-Identifier: MIT
// An invented Hub for development and tests: the same models in every run, with every awkward case the
// contract allows - removed models, unknown values, long names, hostile text, placeholders, a legacy id.

/** Constants of the influence formula. */
export const FORMULA = {
  weights: { downloads: 0.2, likes: 0.4, spaces: 0.2, freshness: 0.2 },
  alpha: { self: 0.6, children: 0.3, parents: 0.1 },
  lambda: { model: 1, space: 0.001 },
  relations: { adapter: 1, finetune: 1, merge: 1, quantized: 1 },
};

/** Day of the newest capture. */
export const AS_OF = '2026-08-20';

const COUNT = 127;
const RELATIONS = ['finetune', 'quantized', 'adapter', 'merge'];
const TASKS = [
  'text-generation', 'text-generation', 'text-generation', 'image-text-to-text', 'automatic-speech-recognition',
  'feature-extraction', 'text-to-image', 'sentence-similarity', 'token-classification', 'image-classification',
  'text-to-speech', 'any-to-any', 'reinforcement-learning', 'translation', null, '<img src=x onerror=alert(1)>',
];
const STEMS = ['Willow', 'Heron', 'Quartz', 'Amber', 'Nimbus', 'Sparrow', 'Tundra', 'Cobalt', 'Juniper', 'Lantern'];
const SIZES = ['0.6B', '1.7B', '4B', '8B', '14B', '32B', '70B', '235B-A22B'];
const AUTHORS = [
  ['northwind-ai', 'Northwind AI', 'company'],
  ['open-meadow', 'Open Meadow', 'community'],
  ['uni-lakeside', 'Lakeside University', 'university'],
  ['commons-lab', 'Commons Lab', 'non-profit'],
  ['gov-data-office', null, 'government'],
  ['cs-101', 'CS 101', 'classroom'],
  ['quiet-org', null, 'unverified'],
  ['mira-k', 'Mira "K" <b>Kowalski</b> & Söhne 模型工坊', 'individual'],
  ['tomo_dev', 'tomo', 'individual'],
  ['ghost', null, 'unknown'],
].map(([name, full_name, kind]) => ({ name, full_name, kind }));

/* mulberry32: small, and the same everywhere */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function invent(index, next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const author = pick(AUTHORS);
  const name = `${pick(STEMS)}-${pick(SIZES)}-${['Base', 'Instruct', 'GGUF', 'LoRA', 'AWQ'][index % 5]}-v${index}`;
  const likes = Math.floor(3000 * next() ** 6 * (index < 12 ? 4 : 1));
  return {
    id: index === 40 ? 'legacy-bert' : `${author.name}/${name}`,
    author: index === 40 ? { name: '', full_name: null, kind: 'unknown' } : author,
    placeholder: false,
    removed: index % 17 === 5,
    created: index % 23 === 7 ? null : new Date(Date.UTC(2023, 0, 1) + Math.floor(next() * 1326) * 864e5 + 43_200_000).toISOString().replace('.000', ''),
    last_modified: index % 19 === 3 ? null : '2026-07-02T08:00:00Z',
    downloads: index % 29 === 11 ? null : Math.floor(4_000_000 * next() ** 5),
    downloads_all_time: index % 13 === 4 ? null : Math.floor(90_000_000 * next() ** 4),
    likes: index % 31 === 13 ? null : likes,
    task: pick(TASKS),
    library: pick(['transformers', 'gguf', 'peft', 'diffusers', null]),
    licence: pick(['apache-2.0', 'mit', 'llama3.1', 'other', null]),
    gated: pick(['no', 'no', 'no', 'auto', 'manual', null]),
    parameters: pick([600_000_000, 1_720_000_000, 8_190_000_000, 235_000_000_000, null]),
    storage_bytes: pick([1_200_000_000, 16_400_000_000, 470_000_000_000, null]),
    spaces: Math.floor(400 * next() ** 6),
    bases: [],
  };
}

function placeholder(id) {
  const [name] = id.split('/');
  const none = { created: null, last_modified: null, downloads: null, downloads_all_time: null, likes: null, task: null };
  const blank = { library: null, licence: null, gated: null, parameters: null, storage_bytes: null };
  return { id, author: { name, full_name: null, kind: 'unknown' }, placeholder: true, removed: false, ...none, ...blank, spaces: 0, bases: [] };
}

function mean(list) {
  return list.length === 0 ? 0 : list.reduce((sum, model) => sum + model.influence, 0) / list.length;
}

function parts(model) {
  const { weights, alpha, lambda } = FORMULA;
  const age = model.created === null ? Infinity : (Date.parse(AS_OF) - Date.parse(model.created)) / 864e5;
  return {
    downloads: alpha.self * weights.downloads * Math.log(Math.max(model.downloads ?? 0, 1)),
    likes: alpha.self * weights.likes * (model.likes ?? 0),
    spaces: alpha.self * weights.spaces * model.spaces,
    freshness: model.placeholder ? 0 : alpha.self * weights.freshness * Math.exp(-lambda.model * Math.max(0, age)),
    children: alpha.children * mean(model.children),
    parents: alpha.parents * mean(model.bases.map((base) => base.model)),
  };
}

/** All models, placeholders included, with influence, parts, family and rank. */
export function createHub() {
  const next = random(20260820);
  const models = Array.from({ length: COUNT }, (_, index) => invent(index, next));
  models[3].id = `${models[3].author.name}/An-Extraordinarily-Long-Model-Name-That-Goes-On-And-On-To-The-Very-Limit-Of-The-Hub-9`;
  const ghosts = [placeholder('far-away/unseen-base-7b'), placeholder('elsewhere/other-base')];
  models.forEach((model, index) => {
    if (index < 12) return;
    const relation = RELATIONS[Math.floor(next() * 4)];
    const count = relation === 'merge' ? 3 : 1;
    for (let i = 0; i < count; i += 1) {
      const base = next() < 0.08 ? ghosts[i % 2] : models[Math.floor(next() ** 2 * index)];
      if (!model.bases.some((known) => known.model === base)) model.bases.push({ model: base, relation, declared: next() > 0.15 });
    }
  });
  const all = [...models, ...ghosts];
  for (const model of all) {
    model.children = all.filter((other) => other.bases.some((base) => base.model === model));
    model.influence = 0;
  }
  for (let sweep = 0; sweep < 200; sweep += 1) {
    for (const model of all) {
      model.parts = parts(model);
      model.influence = Object.values(model.parts).reduce((sum, part) => sum + part, 0);
    }
  }
  const ranked = models.toSorted((a, b) => b.influence - a.influence || (b.likes ?? 0) - (a.likes ?? 0) || (a.id < b.id ? -1 : 1));
  ranked.forEach((model, index) => {
    model.rank = index + 1;
  });
  for (const ghost of ghosts) ghost.rank = null;
  return { all, ranked, ghosts };
}
