// SPDX-License-Identifier: MIT
// Networks over the invented Hub: docs/algorithms/network.md in its plain cases, with places in rings. Answers plain
// objects for ./network.mjs, and the JSON form.
import { FLAGS, dayText } from './network.mjs';

const RADIUS = { floor: 9, scale: 5 };
const RELATIONS = ['adapter', 'finetune', 'merge', 'quantized'];
/** Views of a network. */
export const VIEWS = ['top', 'full', 'author', 'orgs', ...RELATIONS];
const PEOPLE = new Set(['individual', 'unknown']);

const byInfluence = (a, b) => b.influence - a.influence || (a.id < b.id ? -1 : 1);
const dayOf = (model) => (model.created === null ? null : Math.floor(Date.parse(model.created) / 864e5));
const order = (day) => (day === 'always' ? -Infinity : (day ?? Infinity));

/** The network that answers `question`: { roots, view, limit, depth, expand, collapse, isCut, matches(model) | null }. */
export function buildNetwork(question) {
  const { roots, view } = question;
  const family = reach(roots, question.depth);
  const relation = RELATIONS.includes(view) ? view : null;
  const admits = (edge) => relation === null || edge.relation === relation;
  const isShown = (model) => {
    if (roots.includes(model)) return true;
    if (view === 'orgs' && PEOPLE.has(model.author.kind)) return false;
    if (relation !== null && !model.bases.some((base) => base.relation === relation && family.has(base.model))) return false;
    return !(question.isCut && question.matches !== null && !question.matches(model));
  };
  const shown = new Set([...family].filter(isShown));
  const drawn = drawEdges(shown, family, roots, admits);
  const kept = follow(roots, drawn, question);
  const edges = drawn.filter((edge) => kept.has(edge.source) && kept.has(edge.target));
  const days = appear(kept, edges, roots);
  const items = [...kept].map((model) => ({ model, key: model, day: days.get(model) }));
  const graph = view === 'author' ? foldAuthors(items, edges, roots) : plainGraph(items, edges, roots);
  return finish(graph, question, { family, kept });
}

function reach(roots, depth) {
  const steps = new Map(roots.map((root) => [root, 0]));
  for (const [model, step] of steps) {
    if (depth !== null && step >= depth) continue;
    for (const child of model.children) if (!steps.has(child)) steps.set(child, step + 1);
  }
  return new Set(steps.keys());
}

function drawEdges(shown, family, roots, admits) {
  const edges = [];
  for (const model of shown) {
    const bases = model.bases.filter((base) => family.has(base.model) && admits(base));
    const direct = bases.filter((base) => shown.has(base.model));
    for (const { model: source, relation, declared } of direct) edges.push({ source, target: model, relation, declared, indirect: false, hidden: 0, count: 1 });
    if (direct.length > 0 || roots.includes(model)) continue;
    const found = ancestor(bases, shown, family, model);
    if (found !== null) edges.push({ ...found, target: model, indirect: true, count: 1 });
  }
  return edges;
}

/* The nearest shown model above, with the relation of the last step. */
function ancestor(bases, shown, family, model) {
  let level = bases.map(({ model: at, relation, declared }) => ({ at, relation, declared }));
  const seen = new Set([model]);
  for (let hidden = 1; level.length > 0; hidden += 1) {
    const next = level.flatMap(({ at, relation, declared }) =>
      at.bases.filter((base) => family.has(base.model) && !seen.has(base.model)).map((base) => ({ at: base.model, relation, declared })),
    );
    const tops = next.filter(({ at }) => shown.has(at)).toSorted((a, b) => byInfluence(a.at, b.at));
    if (tops.length > 0) return { source: tops[0].at, relation: tops[0].relation, declared: tops[0].declared, hidden };
    for (const { at } of next) seen.add(at);
    level = next;
  }
  return null;
}

function follow(roots, edges, { limit, expand, collapse }) {
  const below = new Map();
  for (const { source, target } of edges) below.set(source, [...(below.get(source) ?? []), target]);
  const kept = new Set(roots);
  for (const model of kept) {
    if (collapse.has(model.id)) continue;
    const children = (below.get(model) ?? []).toSorted(byInfluence);
    for (const child of children.slice(0, expand.has(model.id) || limit === null ? children.length : limit)) kept.add(child);
  }
  return kept;
}

function appear(kept, edges, roots) {
  const days = new Map([...kept].map((model) => [model, roots.includes(model) ? 'always' : null]));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const { source, target } of edges) {
      const own = dayOf(target);
      if (days.get(target) === 'always' || own === null || days.get(source) === null) continue;
      const day = Math.max(own, days.get(source) === 'always' ? own : days.get(source));
      if (day >= order(days.get(target))) continue;
      days.set(target, day);
      isChanged = true;
    }
  }
  return days;
}

const sinceOf = (a, b) => (order(a) > order(b) ? a : b);

function plainGraph(items, edges, roots) {
  const nodes = new Map(items.map(({ model, day }) => [model, { key: model, model, author: model.author, influence: model.influence, day, isRoot: roots.includes(model), members: [] }]));
  const linked = edges.map((edge) => ({ ...edge, from: nodes.get(edge.source), to: nodes.get(edge.target) }));
  return { nodes: [...nodes.values()], edges: linked, inner: {} };
}

function foldAuthors(items, edges, roots) {
  const { nodes: all } = plainGraph(items, [], roots);
  const groups = new Map();
  const home = new Map();
  for (const node of all) {
    if (node.isRoot) {
      home.set(node.model, node);
      continue;
    }
    const { name } = node.author;
    const group = groups.get(name) ?? { key: `author:${name}`, model: null, author: node.author, influence: 0, day: null, isRoot: false, members: [] };
    groups.set(name, group);
    home.set(node.model, group);
    group.members.push(node);
    group.influence += node.influence;
    if (order(node.day) < order(group.day)) group.day = node.day;
  }
  const inner = {};
  const folded = new Map();
  for (const edge of edges) {
    const [from, to] = [home.get(edge.source), home.get(edge.target)];
    if (from === to) {
      inner[edge.relation] = (inner[edge.relation] ?? 0) + 1;
      continue;
    }
    const key = JSON.stringify([from.key.id ?? from.key, to.key.id ?? to.key, edge.relation]);
    const known = folded.get(key);
    if (known === undefined) folded.set(key, { ...edge, indirect: false, hidden: 0, from, to });
    else known.count += 1;
  }
  for (const group of groups.values()) group.members.sort((a, b) => byInfluence(a.model, b.model));
  return { nodes: [...home.values()].filter((node, i, list) => list.indexOf(node) === i), edges: [...folded.values()], inner };
}

/* Puts nodes into breadth-first order of the forest, gives them places, and writes them out. */
function finish({ nodes, edges, inner }, question, { family, kept }) {
  const below = new Map(nodes.map((node) => [node, []]));
  for (const edge of edges) below.get(edge.from).push(edge.to);
  const tops = nodes.filter((node) => node.isRoot && !edges.some((edge) => edge.to === node && edge.from.isRoot)).toSorted(byInfluence);
  const parents = new Map((tops.length > 0 ? tops : nodes.filter((node) => node.isRoot).toSorted(byInfluence)).map((node) => [node, null]));
  for (const node of parents.keys()) for (const child of below.get(node).toSorted(byInfluence)) if (!parents.has(child)) parents.set(child, node);
  // what is tied to nothing but itself
  for (const node of nodes) if (!parents.has(node)) parents.set(node, null);
  const listed = sortForest(parents);
  const index = new Map(listed.map((node, i) => [node, i]));
  place(listed, parents);
  const authors = [...new Map(listed.map(({ author }) => [author.name, author])).values()].filter(({ name }) => name !== '');
  const written = listed.map((node) => writeNode(node, { parent: index.get(parents.get(node)) ?? -1, authors, question, kept }));
  const lines = edges
    .map((edge) => ({ source: index.get(edge.from), target: index.get(edge.to), relation: edge.relation, indirect: edge.indirect, declared: edge.declared, count: edge.count, hidden: edge.hidden, since: sinceOf(edge.from.day, edge.to.day) }))
    .toSorted((a, b) => a.source - b.source || a.target - b.target || RELATIONS.indexOf(a.relation) - RELATIONS.indexOf(b.relation));
  const models = listed.flatMap((node) => (node.model === null ? node.members : [node]));
  return {
    head: {
      view: question.view,
      limit: question.limit,
      depth: question.depth,
      until: null,
      hide: [],
      filter: question.matches === null ? null : question.isCut ? 'cut' : 'highlight',
      roots: question.roots.toSorted(byInfluence).map(({ id }) => id),
      max_nodes: 100_000,
      counts: {
        models: models.length,
        family: family.size,
        left_out: 0,
        undated: models.filter(({ day }) => day === null).length,
        matches: question.matches === null ? 0 : models.filter(({ model }) => question.matches(model)).length,
        inner: Object.fromEntries(RELATIONS.map((name) => [name, inner[name] ?? 0])),
      },
      radius: RADIUS,
    },
    authors: authors.map(({ name, full_name: full, kind }) => ({ name, fullName: full ?? '', kind })),
    nodes: written,
    edges: lines,
    items: listed,
  };
}

function sortForest(parents) {
  const children = new Map([...parents.keys()].map((node) => [node, []]));
  const listed = [];
  for (const [node, parent] of parents) (parent === null ? listed : children.get(parent)).push(node);
  for (let at = 0; at < listed.length; at += 1) listed.push(...children.get(listed[at]).toSorted(byInfluence));
  return listed;
}

const flag = (isSet, bit) => (isSet ? bit : 0);

function writeNode(node, { parent, authors, question, kept }) {
  const { model, members } = node;
  const list = model === null ? members.map((member) => member.model) : [model];
  const matches = question.matches !== null && list.some((one) => question.matches(one));
  return {
    id: model === null ? node.key : model.id,
    parent,
    author: authors.findIndex(({ name }) => name === node.author.name),
    flags:
      flag(node.isRoot, FLAGS.root) | flag(model === null, FLAGS.group) | flag(model?.placeholder, FLAGS.placeholder) | flag(model?.removed, FLAGS.removed) |
      flag(matches, FLAGS.match) | flag(question.collapse.has(model?.id), FLAGS.collapsed) | flag(question.expand.has(model?.id), FLAGS.expanded),
    rank: model?.rank ?? 0,
    influence: node.influence,
    likes: model?.likes ?? null,
    downloads: model?.downloads ?? null,
    created: model === null ? null : dayOf(model),
    appears: node.day,
    x: node.x,
    y: node.y,
    derived: model?.children.length ?? 0,
    more: model?.children.filter((child) => !kept.has(child)).length ?? 0,
    models: list.length,
    joined: members.map((member) => member.day),
  };
}

/* Children in rings about their parent, small ones inside. */
function place(listed, parents) {
  const children = new Map(listed.map((node) => [node, []]));
  const tops = [];
  for (const node of listed) (parents.get(node) === null ? tops : children.get(parents.get(node))).push(node);
  for (const node of listed.toReversed()) node.extent = rings(Math.sqrt(RADIUS.floor + RADIUS.scale * node.influence) + 3, children.get(node));
  rings(0, tops);
  for (const node of listed) {
    const parent = parents.get(node);
    node.x = (parent?.x ?? 0) + node.dx;
    node.y = (parent?.y ?? 0) + node.dy;
  }
}

function rings(inner, nodes) {
  const waiting = nodes.toSorted((a, b) => a.extent - b.extent);
  let extent = inner;
  if (inner === 0 && waiting.length > 0) {
    const first = waiting.pop();
    Object.assign(first, { dx: 0, dy: 0 });
    extent = first.extent + 4;
  }
  let turn = 0.7;
  while (waiting.length > 0) {
    const distance = extent + waiting[0].extent + 4;
    const row = [];
    let used = 0;
    while (waiting.length > 0) {
      const width = 2 * Math.asin(Math.min(1, (waiting[0].extent + 2) / distance));
      if (row.length > 0 && used + width > 2 * Math.PI) break;
      used += width;
      row.push({ node: waiting.shift(), width });
    }
    const gap = Math.max(0, 2 * Math.PI - used) / row.length;
    for (const { node, width } of row) {
      turn += (width + gap) / 2;
      Object.assign(node, { dx: distance * Math.cos(turn), dy: distance * Math.sin(turn) });
      turn += (width + gap) / 2;
    }
    extent = distance + Math.max(...row.map(({ node }) => node.extent));
  }
  return extent;
}

/** What is there by `until` (a day, or null) without the relations of `hide`: rule 8. */
export function maskNetwork(network, until, hide) {
  const { nodes, edges } = network;
  const isThere = (day) => until === null || order(day) <= until;
  const left = edges.filter((edge) => !hide.includes(edge.relation) && isThere(edge.since));
  const reached = new Set([...nodes.keys()].filter((i) => (nodes[i].flags & FLAGS.root) !== 0));
  for (const node of reached) for (const { source, target } of left) if (source === node && isThere(nodes[target].appears)) reached.add(target);
  return { nodes: reached, edges: left.filter(({ source, target }) => reached.has(source) && reached.has(target)) };
}

/** The JSON form, without the frame of every answer. */
export function describe(network, until, hide) {
  const mask = maskNetwork(network, until, hide);
  const { radius: _radius, ...head } = network.head;
  const idOf = (i) => network.nodes[i].id;
  const modelsOf = (i) => (network.items[i].model === null ? network.items[i].members.filter(({ day }) => until === null || order(day) <= until).length : 1);
  const shown = [...mask.nodes].toSorted((a, b) => a - b);
  return {
    ...head,
    until: until === null ? null : dayText(until),
    hide,
    counts: { ...head.counts, nodes: shown.length, edges: mask.edges.length, models: shown.reduce((sum, i) => sum + modelsOf(i), 0) },
    nodes: shown.map((i) => describeNode(network, i, modelsOf(i))),
    edges: mask.edges.map(({ source, target, relation, declared, indirect, hidden, count }) => ({ source: idOf(source), target: idOf(target), relation, declared, indirect, hidden, count })),
  };
}

function describeNode(network, i, models) {
  const node = network.nodes[i];
  const { model, author } = network.items[i];
  const has = (bit) => (node.flags & bit) !== 0;
  const parent = network.nodes[node.parent];
  const edge = network.edges.find(({ source, target }) => source === node.parent && target === i);
  const { task = null, library = null, licence = null, parameters = null } = model ?? {};
  return {
    id: node.id,
    kind: has(FLAGS.group) ? 'group' : has(FLAGS.placeholder) ? 'placeholder' : 'model',
    chosen: has(FLAGS.root),
    parent: parent?.id ?? null,
    relation: edge?.relation ?? null,
    author,
    rank: node.rank === 0 ? null : node.rank,
    influence: node.influence,
    likes: node.likes,
    downloads: node.downloads,
    created: model?.created ?? null,
    appears: dayText(node.appears),
    task,
    library,
    licence,
    parameters,
    removed: has(FLAGS.removed),
    match: has(FLAGS.match),
    collapsed: has(FLAGS.collapsed),
    expanded: has(FLAGS.expanded),
    models,
    derived: node.derived,
    more: node.more,
    x: node.x,
    y: node.y,
    r: Math.sqrt(RADIUS.floor + RADIUS.scale * node.influence),
  };
}

/** The models that the group of `author` stands for, by `until`, most influential first. */
export function membersOf(network, author, until) {
  const group = network.items.find((item) => item.model === null && item.author.name.toLowerCase() === author.toLowerCase());
  return (group?.members ?? []).filter(({ day }) => until === null || order(day) <= until).map(({ model }) => model);
}
