// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import type { AuthorDetail } from '../../api/schema';
import { barPercent } from '../../data/influence';
import { familyHref, modelPath } from '../../data/route';
import { valueHref } from '../../data/value-href';
import { fmt, t, taskName } from '../../i18n';
import { PlaceholderBadge } from '../../ui/bits';
import { keepLang } from '../../ui/router';

/** What an author's models do, each task with its share; leads to these models. */
export function AuthorTasks({ detail: { author, tasks } }: { readonly detail: AuthorDetail }): JSX.Element {
  const largest = Math.max(0, ...tasks.map(({ models }) => models));
  return (
    <section class="panel" aria-labelledby="author-tasks">
      <h2 id="author-tasks">{t('author.tasks')}</h2>
      <ol class="author-list">
        {tasks.map(({ value, models }) => (
          <li key={value} data-task={value ?? 'none'}>
            <a href={keepLang(`${valueHref('author', author.name)}&task=${encodeURIComponent(value ?? 'none')}`)}>{value === null ? t('list.task.none') : taskName(value)}</a>
            <span class="count">{t('author.count', { n: models })}</span>
            <Bar percent={barPercent(models, largest)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The families that began with a model of this author; each leads to its network. */
export function AuthorFamilies({ detail: { families } }: { readonly detail: AuthorDetail }): JSX.Element {
  const largest = Math.max(0, ...families.top.map(({ influence }) => influence));
  const isCut = families.total > families.top.length;
  return (
    <section class="panel" aria-labelledby="author-families">
      <h2 id="author-families">{t('author.families')}</h2>
      <p class="muted">{families.total === 0 ? t('author.families.none') : isCut ? t('author.families.first', { n: families.top.length, of: families.total }) : t('author.families.count', { n: families.total })}</p>
      {families.top.length === 0 ? null : (
        <ol class="author-list">
          {families.top.map(({ value, models, influence, placeholder }) => (
            <li key={value} data-family={value}>
              <span class="author-list-name">
                <a href={keepLang(familyHref([value]))} title={t('author.network', { id: value })}>
                  {value.slice(value.indexOf('/') + 1)}
                </a>{' '}
                {placeholder ? <PlaceholderBadge /> : null}
              </span>
              <span class="count">
                {t('author.count', { n: models })} ·{' '}
                <a class="author-influence" href={keepLang(modelPath(value))} title={t('author.root', { id: value })}>
                  {t('author.families.influence', { value: fmt().decimal(influence) })}
                </a>
              </span>
              <Bar percent={barPercent(influence, largest)} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Bar({ percent }: { readonly percent: number }): JSX.Element {
  return (
    <span class="author-bar" aria-hidden="true">
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
