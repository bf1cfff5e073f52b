// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import type { Formula, ModelDetail } from '../api/schema';
import { percentages, roundToSum } from '../data/influence';
import { RELATION_KEYS, fmt, t } from '../i18n';
import type { MessageKey } from '../i18n/messages';

type PartKey = ModelDetail['influence']['parts'][number]['key'];

interface PartText {
  readonly name: MessageKey;
  readonly text: MessageKey;
}

const PARTS: Readonly<Record<PartKey, PartText>> = {
  downloads: { name: 'influence.downloads', text: 'influence.downloads.text' },
  likes: { name: 'influence.likes', text: 'influence.likes.text' },
  spaces: { name: 'influence.spaces', text: 'influence.spaces.text' },
  freshness: { name: 'influence.freshness', text: 'influence.freshness.text' },
  children: { name: 'influence.children', text: 'influence.children.text' },
  parents: { name: 'influence.parents', text: 'influence.parents.text' },
};

/** Why a model has the influence it has: its parts as a bar and a table, and the formula. */
export function Influence({ detail }: { readonly detail: ModelDetail }): JSX.Element {
  const { influence, model } = detail;
  const { decimal, percent } = fmt();
  const values = influence.parts.map((part) => part.value);
  const points = roundToSum(values, influence.value, 2);
  const shares = percentages(values);
  const parts = influence.parts.map((part, i) => ({ key: part.key, points: points[i] ?? 0, share: shares[i] ?? 0 }));
  const spoken = parts.map((part) => `${t(PARTS[part.key].name)} ${percent(part.share)}`).join(', ');
  return (
    <section class="panel influence" aria-labelledby="influence">
      <h2 id="influence">{t('influence.title')}</h2>
      <div class="stack" role="img" aria-label={t('influence.bar', { parts: spoken })}>
        {parts.map((part) =>
          part.share > 0 ? <span key={part.key} class={`part-${part.key}`} style={{ flexGrow: part.share }} title={`${t(PARTS[part.key].name)} ${percent(part.share)}`} /> : null,
        )}
      </div>
      <table class="parts">
        <thead>
          <tr>
            <th scope="col">{t('influence.part')}</th>
            <th scope="col" class="number">
              {t('influence.points')}
            </th>
            <th scope="col" class="number">
              {t('influence.share')}
            </th>
            <th scope="col" class="how">
              {t('influence.how')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.key} data-part={part.key} class={part.points === 0 ? 'nil' : undefined}>
              <th scope="row">
                <span class={`dot part-${part.key}`} aria-hidden="true" />
                {t(PARTS[part.key].name)}
              </th>
              <td class="number">{decimal(part.points)}</td>
              <td class="number">{percent(part.share)}</td>
              <td class="how">
                <Term part={part.key} formula={influence.formula} model={model} />
                <p class="small">{t(PARTS[part.key].text)}</p>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('influence.total')}</th>
            <td class="number">{decimal(influence.value)}</td>
            <td class="number">{percent(shares.reduce((sum, share) => sum + share, 0))}</td>
            <td class="how">{t('influence.rounding')}</td>
          </tr>
        </tfoot>
      </table>
      <FormulaText formula={influence.formula} />
    </section>
  );
}

interface TermProps {
  readonly part: PartKey;
  readonly formula: Formula;
  readonly model: ModelDetail['model'];
}

/* The term of the formula with its constants, and with the model's own number where there is one. */
function Term({ part, formula, model }: TermProps): JSX.Element {
  const { constant, integer } = fmt();
  const { alpha, weights, lambda } = formula;
  const own = (weight: number): string => `${constant(alpha.self)} × ${constant(weight)} × `;
  const number = (value: number | null, name: MessageKey): string => (value === null ? t(name) : integer(value));
  // nothing is known about a model that was not collected: it has no reach of its own
  if (model.placeholder && part !== 'children' && part !== 'parents') return <Maths>0</Maths>;
  switch (part) {
    case 'downloads':
      return (
        <Maths>
          {own(weights.downloads)}ln({number(model.downloads === null ? null : Math.max(model.downloads, 1), 'influence.formula.downloads')})
        </Maths>
      );
    case 'likes':
      return (
        <Maths>
          {own(weights.likes)}
          {number(model.likes, 'influence.formula.likes')}
        </Maths>
      );
    case 'spaces':
      return (
        <Maths>
          {own(weights.spaces)}Σ {t('influence.formula.space-likes')} × <Decay rate={lambda.space} />
        </Maths>
      );
    case 'freshness':
      return (
        <Maths>
          {own(weights.freshness)}
          <Decay rate={lambda.model} />
        </Maths>
      );
    case 'children':
      return (
        <Maths>
          {constant(alpha.children)} × {t('influence.formula.children')}
        </Maths>
      );
    case 'parents':
      return (
        <Maths>
          {constant(alpha.parents)} × {t('influence.formula.parents')}
        </Maths>
      );
  }
}

function Maths({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <span class="maths">{children}</span>;
}

function Decay({ rate }: { readonly rate: number }): JSX.Element {
  return (
    <>
      e
      <sup>
        −{fmt().constant(rate)} × {t('influence.formula.age')}
      </sup>
    </>
  );
}

function FormulaText({ formula }: { readonly formula: Formula }): JSX.Element {
  const { constant } = fmt();
  const { alpha, weights, lambda, relations } = formula;
  const listed = (['adapter', 'finetune', 'merge', 'quantized'] as const).map((name) => `${t(RELATION_KEYS[name])} ${constant(relations[name])}`).join(', ');
  return (
    <div class="formula">
      <h3>{t('influence.formula')}</h3>
      <p>{t('influence.formula.text')}</p>
      <p>
        <Maths>
          <b>{t('influence.formula.total')}</b> = {constant(alpha.self)} × {t('influence.formula.own')} + {constant(alpha.children)} × {t('influence.formula.children')} + {constant(alpha.parents)} ×{' '}
          {t('influence.formula.parents')}
        </Maths>
      </p>
      <p>
        <Maths>
          <b>{t('influence.formula.own')}</b> = {constant(weights.downloads)} × ln({t('influence.formula.downloads')}) + {constant(weights.likes)} × {t('influence.formula.likes')} +{' '}
          {constant(weights.spaces)} × Σ {t('influence.formula.space-likes')} × <Decay rate={lambda.space} /> + {constant(weights.freshness)} × <Decay rate={lambda.model} />
        </Maths>
      </p>
      <p>{t('influence.relations', { weights: listed })}</p>
    </div>
  );
}
