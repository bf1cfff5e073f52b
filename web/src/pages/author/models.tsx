// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import type { ModelRow } from '../../api/schema';
import { barPercent } from '../../data/influence';
import { familyHref, modelPath } from '../../data/route';
import { fmt, t, taskName } from '../../i18n';
import { Day, RemovedBadge } from '../../ui/bits';
import { NetworkIcon } from '../../ui/icons';
import { keepLang } from '../../ui/router';
import '../../ui/style/models.css';

const COLUMNS = [
  ['rank', 'col.rank'],
  ['name', 'col.name'],
  ['task', 'col.task'],
  ['created', 'col.created'],
  ['downloads', 'col.downloads'],
  ['likes', 'col.likes'],
  ['influence', 'col.influence'],
] as const;

/** The most influential models of an author. The roles are written out: on narrow screens rows are cards. */
export function AuthorModels({ models }: { readonly models: readonly ModelRow[] }): JSX.Element {
  const largest = Math.max(0, ...models.map(({ influence }) => influence));
  return (
    <table role="table" class="models models-plain">
      <caption class="visually-hidden">{t('author.best', { n: models.length })}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map(([column, key]) => (
            <th key={column} role="columnheader" scope="col" class={`c-${column}`} title={column === 'downloads' ? t('col.downloads.title') : undefined}>
              {t(key)}
            </th>
          ))}
          <th role="columnheader" scope="col" class="c-network">
            <span class="visually-hidden">{t('author.network.head')}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {models.map((model) => (
          <Row key={model.id} model={model} largest={largest} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ model, largest }: { readonly model: ModelRow; readonly largest: number }): JSX.Element {
  const { integer, decimal } = fmt();
  const { id, task } = model;
  const network = t('author.network', { id });
  return (
    <tr role="row" data-id={id}>
      <td role="cell" class="c-rank" data-label={t('col.rank')}>
        {integer(model.rank)}
      </td>
      <td role="cell" class="c-name">
        <a class="model-link" href={keepLang(modelPath(id))} title={id}>
          {id.slice(id.indexOf('/') + 1)}
        </a>
        {model.removed ? (
          <span class="under">
            <RemovedBadge />
          </span>
        ) : null}
      </td>
      <td role="cell" class="c-task" data-label={t('col.task')}>
        {task === null ? <span class="muted">{t('list.task.none')}</span> : taskName(task)}
      </td>
      <td role="cell" class="c-created" data-label={t('col.created')}>
        <Day value={model.created} />
      </td>
      <td role="cell" class="c-downloads" data-label={t('col.downloads')}>
        {integer(model.downloads)}
      </td>
      <td role="cell" class="c-likes" data-label={t('col.likes')}>
        {integer(model.likes)}
      </td>
      <td role="cell" class="c-influence" data-label={t('col.influence')}>
        <span class="influence-cell">
          <span class="influence-bar" aria-hidden="true">
            <span style={{ width: `${barPercent(model.influence, largest)}%` }} />
          </span>
          <span class="influence-value">{decimal(model.influence)}</span>
        </span>
      </td>
      <td role="cell" class="c-network">
        <a href={keepLang(familyHref([id]))} aria-label={network} title={network}>
          <NetworkIcon />
        </a>
      </td>
    </tr>
  );
}
