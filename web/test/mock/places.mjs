// SPDX-License-Identifier: MIT
// The search for everything and the authors of the invented Hub, the plain way: docs/openapi.yaml.

const HUB = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/([^?#]*)/i;
const NOT_MODELS = new Set(['datasets', 'spaces', 'papers', 'docs', 'blog', 'collections', 'api', 'models', 'settings', 'search']);
const TOP = { tasks: 10, families: 20, models: 10 };

const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
const row = ({ rank, id, author, created, downloads, likes, task, influence, removed }) => ({ rank, id, author, created, downloads, likes, task, influence, removed });

const same = (a, b) => a.toLowerCase() === b.toLowerCase();

/* What a text says without the address of the Hub around it; empty for an address of something else. */
function nameOf(text) {
  const path = HUB.exec(text.trim())?.[1];
  if (path === undefined) return text.trim();
  const parts = path.split('/').filter(Boolean);
  if (NOT_MODELS.has(parts[0])) return '';
  return parts[1] === 'models' ? parts[0] : parts.slice(0, 2).join('/');
}

/** Answers { search, author } over `hub`; `totals` has the values of facets, `refuse` makes what is thrown. */
export function createPlaces(hub, totals, frame, refuse) {
  const { all, ranked } = hub;
  const valuesOf = (facet, q) => totals.listValues(facet, { q, sort: null, page: 1, perPage: 1000 }).values;

  function matchOf(name) {
    const model = all.find(({ id }) => same(id, name));
    if (model !== undefined) return { kind: 'model', value: model.id };
    const known = authorOf(name);
    return known === undefined ? null : { kind: 'author', value: known.name };
  }

  function authorOf(name) {
    return all.map((model) => model.author).find((one) => one.name !== '' && same(one.name, name));
  }

  function search(q, limit) {
    const name = nameOf(q);
    const words = wordsOf(name);
    if (words.length > 16) throw refuse(400, 'limit_exceeded', `q: ${words.length} words, at most 16`, 'q');
    const first = (list, describe = (one) => one) => ({ total: list.length, top: list.slice(0, limit).map(describe) });
    if (words.length === 0) return { ...frame, match: null, models: first([]), authors: first([]), tasks: first([]), languages: first([]) };
    const found = (facet) => first(valuesOf(facet, name));
    const models = ranked.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
    return { ...frame, match: matchOf(name), models: first(models, row), authors: found('author'), tasks: found('task'), languages: found('language') };
  }

  function author(name) {
    const known = authorOf(name);
    if (known === undefined) throw refuse(404, 'not_found', `author ${name}: not in this data set`);
    const models = ranked.filter((model) => model.author.name === known.name);
    const days = models.map(({ created }) => created).filter((day) => day !== null).toSorted();
    const authors = valuesOf('author', '');
    const place = authors.findIndex(({ value }) => value === known.name);
    const { influence = 0, likes = 0, downloads = 0 } = authors[place] ?? {};
    const tasks = new Map();
    for (const { task } of models) tasks.set(task, (tasks.get(task) ?? 0) + 1);
    const families = valuesOf('family', '').filter(({ value }) => all.find(({ id }) => id === value).author.name === known.name);
    return {
      ...frame,
      author: known,
      rank: place < 0 ? null : place + 1,
      of: authors.length,
      total: { models: models.length, influence, likes, downloads },
      created: { first: days[0] ?? null, last: days.at(-1) ?? null },
      tasks: [...tasks].map(([value, count]) => ({ value, models: count })).toSorted((a, b) => b.models - a.models || (String(a.value) < String(b.value) ? -1 : 1)).slice(0, TOP.tasks),
      families: { total: families.length, top: families.slice(0, TOP.families) },
      models: models.slice(0, TOP.models).map(row),
    };
  }

  return { search, author };
}
