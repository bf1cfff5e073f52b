// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { getModel, hubModelUrl } from '../../api/client';
import type { ModelDetail } from '../../api/schema';
import { FLAG } from '../../data/network';
import { authorOf, dayText, depthOf, hasFlag, known } from '../../data/network-facts';
import { modelPath } from '../../data/route';
import type { MessageKey } from '../../i18n/messages';
import { fmt, t } from '../../i18n';
import { Avatar, Day, ModelId, PlaceholderBadge, RemovedBadge, explain } from '../../ui/bits';
import { OutIcon } from '../../ui/icons';
import type { Resource } from '../../ui/resource';
import { useResource } from '../../ui/resource';
import { keepLang } from '../../ui/router';
import type { Desk } from './desk';
import type { PanelActions } from './panel';
import { AuthorLine } from './panel-author';
import { Category, OutsideBases, PathToTop } from './panel-bases';
import { FamilyActions } from './panel-family';

interface ModelPanelProps {
  readonly desk: Desk;
  readonly actions: PanelActions;
}

/** One model: what the network knows at once, what is still missing once it is there. */
export function ModelPanel({ desk, actions }: ModelPanelProps): JSX.Element {
  const { network, selected: node } = desk;
  const id = network.id(node);
  const detail = useResource(`model ${id}`, (signal) => getModel(id, signal));
  const model = detail.data?.model;
  const author = authorOf(network, node);
  const created = model?.created ?? dayText(network.created[node]);
  return (
    <>
      <header class="net-panel-head">
        <Avatar author={author.name} size={48} />
        <div>
          <h2 class="breakable">
            <a href={keepLang(modelPath(id))}>
              <ModelId id={id} />
            </a>
          </h2>
          <p class="net-panel-links">
            <a href={hubModelUrl(id)} target="_blank" rel="noopener noreferrer">
              {t('net.hub')}
              <OutIcon />
            </a>
            {hasFlag(network, node, FLAG.removed) ? <RemovedBadge /> : null}
            {hasFlag(network, node, FLAG.placeholder) ? <PlaceholderBadge /> : null}
          </p>
        </div>
      </header>
      <PathToTop desk={desk} onGo={actions.onGo} />
      <Values desk={desk} model={model} />
      <dl class="net-facts">
        <div>
          <dt>{t('col.created')}</dt>
          <dd data-fact="created">
            <Day value={created} />
          </dd>
        </div>
        <div>
          <dt>{t('col.author')}</dt>
          <dd data-fact="author">
            <AuthorLine author={author} />
          </dd>
        </div>
        <div>
          <dt>{t('net.category')}</dt>
          <dd data-fact="category">
            <Category desk={desk} bases={detail.data?.bases} />
          </dd>
        </div>
      </dl>
      <OutsideBases desk={desk} bases={detail.data?.bases} />
      <Missing detail={detail} />
      <FamilyActions desk={desk} actions={actions} />
    </>
  );
}

/* Each value on a ground that is the deeper the larger it is, against the largest of the network. */
function Values({ desk, model }: { readonly desk: Desk; readonly model: ModelDetail['model'] | undefined }): JSX.Element {
  const { network, selected: node, largest } = desk;
  const { integer, decimal } = fmt();
  const downloads = model?.downloads ?? known(network.downloads[node]);
  const likes = model?.likes ?? known(network.likes[node]);
  const influence = network.influence[node] ?? 0;
  const values: readonly (readonly [MessageKey, string, number])[] = [
    ['col.downloads', integer(downloads), depthOf(downloads, largest.downloads)],
    ['col.likes', integer(likes), depthOf(likes, largest.likes)],
    ['col.influence', decimal(influence), depthOf(influence, largest.influence)],
  ];
  return (
    <dl class="net-values" title={t('net.depth')}>
      {values.map(([key, text, depth]) => (
        <div key={key} data-value={key} style={{ '--depth': `${Math.round(depth * 100)}%` }}>
          <dt>{t(key)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Missing({ detail }: { readonly detail: Resource<ModelDetail> }): JSX.Element | null {
  if (detail.error === undefined) return null;
  return (
    <p class="net-missing" role="alert">
      {explain(detail.error)}{' '}
      <button type="button" class="link" onClick={detail.retry}>
        {t('error.retry')}
      </button>
    </p>
  );
}
