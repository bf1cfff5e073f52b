// SPDX-License-Identifier: MIT

/** What completes the search for everything, in English. */
export const texts = {
  'search.list': 'Suggestions',
  'search.models': 'Models',
  'search.authors': 'Authors',
  'search.tasks': 'Tasks',
  'search.languages': 'Languages',
  'search.models.count': '{n} model|{n} models',
  'search.rank': 'Rank {rank} by influence',
  'search.go': 'Where Enter leads',
  'search.go.model': 'Go to the model {name}',
  'search.go.author': 'Go to the author {name}',
  'search.go.task': 'Show the models of the task {name}',
  'search.go.language': 'Show the models of the language {name}',
  'search.go.list': 'Open the leaderboard with the filters of this address',
  'search.all': 'Show {n} model that matches “{q}”|Show all {n} models that match “{q}”',
  'search.all.unknown': 'Search the leaderboard for “{q}”',
  'search.found': '{n} result.|{n} results.',
  'search.none': 'Nothing has this name.',
  'search.no.dataset': 'This is a data set, not a model.',
  'search.no.space': 'This is a Space, not a model.',
  'search.no.page': 'This page of the Hub is neither a model nor an author.',
  'search.waiting': 'Searching…',
  'search.failed': 'The search failed. {reason}',
  'search.projects': 'GitHub projects are not part of the search yet.',
} as const;
