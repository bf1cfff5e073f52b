// SPDX-License-Identifier: MIT
// Totals over the invented Hub: docs/algorithms/totals.md, computed the plain way.

const TOP = { default: 20, task: 100 };
const APART = new Set(['multilingual', 'code']);
const METRICS = ['influence', 'likes', 'downloads', 'models'];
const LANGUAGES = [
  'en', 'zh', 'ja', 'ko', 'fr', 'de', 'es', 'pt', 'ru', 'ar', 'hi', 'it', 'nl', 'pl', 'tr', 'vi', 'th', 'id', 'uk', 'cs', 'sv', 'fi', 'el', 'he', 'yue', 'xx-odd', 'multilingual', 'code',
];
/** Facets of the totals. */
export const FACETS = ['language', 'author', 'task', 'library', 'licence', 'family', 'kind', 'relation', 'month', 'year'];
/** What the tiles of the treemap can be. */
export const TREE_BYS = ['model', 'family', 'author', 'kind', 'task', 'library', 'licence', 'relation'];
const GROWTH_MAX = 10;
const TILES_MAX = 100;

const compare = (a, b) => (a < b ? -1 : Number(a > b));
const sum = (models, name) => models.reduce((total, model) => total + (model[name] ?? 0), 0);
const unique = (values) => [...new Set(values)];

/* A number from the id, the same in every run. */
function number(id) {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.codePointAt(0)) % 1_000_003;
  return hash;
}

/** Languages of a model: none, one or several. */
export function languagesOf({ id }) {
  const dice = number(id);
  if (dice % 5 === 0) return [];
  const first = LANGUAGES[Math.floor(((dice % 997) / 997) ** 2 * LANGUAGES.length)];
  return dice % 3 === 0 ? unique([first, 'en']) : [first];
}

function mainBase(model) {
  return model.bases.map((base) => base.model).toSorted((a, b) => b.influence - a.influence)[0];
}

function rootOf(model) {
  let root = model;
  for (let base = mainBase(root); base !== undefined; base = mainBase(root)) root = base;
  return root;
}

const VALUES = {
  language: (model) => languagesOf(model),
  author: (model) => [model.author.name].filter((name) => name !== ''),
  task: (model) => [model.task].filter((task) => task !== null),
  library: (model) => [model.library].filter((library) => library !== null),
  licence: (model) => [model.licence].filter((licence) => licence !== null),
  family: (model) => (model.bases.length === 0 && model.children.length === 0 ? [] : [rootOf(model).id]),
  kind: (model) => [model.author.kind].filter((kind) => kind !== 'unknown'),
  relation: (model) => [model.bases.find((base) => base.model === mainBase(model))?.relation].filter(Boolean),
  month: (model) => [model.created?.slice(0, 7)].filter(Boolean),
  year: (model) => [model.created?.slice(0, 4)].filter(Boolean),
};

/** The values of a facet that a model counts in, "none" where it has none; unknown kinds are a kind here. */
export function filterValues(facet, model) {
  if (facet === 'kind') return [model.author.kind];
  const values = VALUES[facet](model);
  return values.length === 0 ? ['none'] : values;
}

function totals(models) {
  return { models: models.length, influence: sum(models, 'influence'), likes: sum(models, 'likes'), downloads: sum(models, 'downloads') };
}

function group(models, facet) {
  const found = new Map();
  for (const model of models) for (const value of VALUES[facet](model)) found.set(value, [...(found.get(value) ?? []), model]);
  return found;
}

const told = (text) => (text === 'none' ? null : text);

/** Totals, tiles, growth and drift of `hub`; `refuse(status, code, detail, parameter)` makes what is thrown. */
export function createTotals(hub, frame, refuse) {
  const { ranked, all } = hub;
  const groups = Object.fromEntries(FACETS.map((facet) => [facet, group(ranked, facet)]));
  const list = (facet, sort) => sorted(groups[facet], facet, sort ?? (facet === 'month' || facet === 'year' ? null : 'influence'));

  function describe(facet, value, models) {
    const author = facet === 'author' ? models[0].author : null;
    const isGhost = facet === 'family' && all.find(({ id }) => id === value).placeholder;
    return { value, full_name: author?.full_name ?? null, kind: author?.kind ?? null, placeholder: isGhost, ...totals(models) };
  }

  function sorted(found, facet, sort) {
    const values = [...found].map(([value, models]) => describe(facet, value, models));
    return values.toSorted((a, b) => (sort === null ? compare(a.value, b.value) : b[sort] - a[sort] || b.models - a.models || compare(a.value, b.value)));
  }

  const withNone = (facet) => ranked.filter((model) => VALUES[facet](model).length === 0);

  function split(facet) {
    const listed = list(facet).filter(({ value }) => facet !== 'language' || !APART.has(value));
    const top = listed.slice(0, TOP[facet] ?? TOP.default);
    const names = new Set(top.map(({ value }) => value));
    const behind = ranked.filter((model) => {
      const values = VALUES[facet](model).filter((value) => facet !== 'language' || !APART.has(value));
      return values.length > 0 && !values.some((value) => names.has(value));
    });
    return { listed, top, behind };
  }

  function facetTop(facet) {
    const { listed, top, behind } = split(facet);
    return {
      values: listed.length,
      top,
      others: behind.length === 0 ? null : { values: listed.length - top.length, ...totals(behind) },
      none: totals(withNone(facet)),
      apart: facet === 'language' ? list(facet).filter(({ value }) => APART.has(value)) : [],
    };
  }

  function dashboard() {
    const facets = Object.fromEntries(FACETS.slice(0, 8).map((facet) => [facet, facetTop(facet)]));
    return { ...frame, total: totals(ranked), facets, years: list('year') };
  }

  function checkFacet(facet) {
    if (!FACETS.includes(facet)) throw refuse(404, 'not_found', `${facet}: no such facet`, 'facet');
  }

  function listValues(facet, { q, sort, page, perPage }) {
    checkFacet(facet);
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const found = list(facet, sort).filter(({ value, full_name }) => words.every((word) => `${value} ${full_name ?? ''}`.toLowerCase().includes(word)));
    const isTime = facet === 'month' || facet === 'year';
    const order = sort ?? (isTime ? null : 'influence');
    return { ...frame, facet, total: found.length, page, per_page: perPage, sort: order, values: found.slice((page - 1) * perPage, page * perPage), none: totals(withNone(facet)) };
  }

  function modelsOf(facet, value) {
    if (value === 'none') return withNone(facet);
    if (value === 'others') return split(facet).behind;
    const key = [...groups[facet].keys()].find((known) => known.toLowerCase() === value.toLowerCase());
    if (key === undefined) throw refuse(404, 'not_found', `${facet} ${value}: not in this data set`, 'value');
    return groups[facet].get(key);
  }

  function facetValue(facet, value) {
    checkFacet(facet);
    const models = modelsOf(facet, value);
    const isPlain = value !== 'none' && value !== 'others';
    const { full_name, kind, placeholder } = isPlain ? describe(facet, value, models) : { full_name: null, kind: null, placeholder: false };
    const { listed, top } = split(facet);
    const count = value === 'others' ? listed.length - top.length : null;
    return { ...frame, facet, value, full_name, kind, placeholder, values: count, total: totals(models), models: models.slice(0, 10).map(row) };
  }

  function growth(by) {
    const months = list('month').map(({ value }) => value);
    const count = (models) => months.map((month) => models.filter(({ created }) => created?.startsWith(month)).length);
    const ordered = sorted(groups[by], by, 'models');
    const series = ordered.slice(0, GROWTH_MAX).map(({ value }) => ({ kind: 'value', value, models: count(groups[by].get(value)) }));
    const others = ordered.slice(GROWTH_MAX).flatMap(({ value }) => groups[by].get(value));
    if (others.length > 0) series.push({ kind: 'others', value: null, models: count(others) });
    const none = withNone(by);
    if (none.length > 0) series.push({ kind: 'none', value: null, models: count(none) });
    return { ...frame, by, months, series, unknown: ranked.filter(({ created }) => created === null).length };
  }

  function treemap(by, value, size) {
    if (by === 'model' && (value !== null || size === 'models')) throw refuse(400, 'bad_parameter', 'models have no values and no number', value === null ? 'size' : 'value');
    const isEach = by === 'model' || value !== null;
    const models = value === null ? ranked : modelsOf(by, value);
    const sizeOf = (part) => (size === 'models' ? part.length : sum(part, size));
    const tiles = isEach
      ? models.map((model) => ({ value: model.id, full_name: null, size: size === 'models' ? 1 : (model[size] ?? 0), models: 1, rank: model.rank }))
      : [...groups[by]].map(([name, part]) => ({ value: name, full_name: by === 'author' ? part[0].author.full_name : null, size: sizeOf(part), models: part.length, rank: null }));
    const ordered = tiles.toSorted((a, b) => b.size - a.size || b.models - a.models || compare(a.value, b.value));
    const rest = ordered.slice(TILES_MAX);
    const none = isEach ? [] : withNone(by);
    return {
      ...frame,
      by,
      value,
      size,
      total: sizeOf(models),
      tiles: ordered.slice(0, TILES_MAX),
      rest: { values: rest.length, size: sum(rest, 'size') },
      none: { models: none.length, size: sizeOf(none) },
    };
  }

  const edges = ranked.flatMap((model) => model.bases.filter((base) => !base.model.placeholder).map((base) => ({ from: base.model.licence, to: model.licence, model })));

  function drift() {
    const pairs = new Map();
    for (const edge of edges) {
      const key = JSON.stringify([edge.from, edge.to]);
      pairs.set(key, [...(pairs.get(key) ?? []), edge]);
    }
    const found = [...pairs].map(([key, part]) => {
      const [from, to] = JSON.parse(key);
      return { from, to, edges: part.length, models: unique(part.map(({ model }) => model)).length };
    });
    const same = edges.filter(({ from, to }) => from === to && from !== null).length;
    return { ...frame, edges: edges.length, same, pairs_total: found.length, pairs: found.toSorted((a, b) => b.edges - a.edges || compare(`${a.from} ${a.to}`, `${b.from} ${b.to}`)) };
  }

  function driftModels(from, to) {
    const part = edges.filter((edge) => edge.from === told(from) && edge.to === told(to));
    if (part.length === 0) throw refuse(404, 'not_found', `${from} to ${to}: no model was derived so`);
    const models = unique(part.map(({ model }) => model)).toSorted((a, b) => a.rank - b.rank);
    return { ...frame, from: told(from), to: told(to), edges: part.length, total: models.length, models: models.slice(0, 10).map(row) };
  }

  return { dashboard, listValues, facetValue, growth, treemap, drift, driftModels, metrics: METRICS };
}

function row({ rank, id, author, created, downloads, likes, task, influence, removed }) {
  return { rank, id, author, created, downloads, likes, task, influence, removed };
}
