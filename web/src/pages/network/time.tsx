// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { chosenLater, endOfMonth, monthAt, spanOf, undatedNodes, untilOf } from '../../data/network-time';
import type { Span } from '../../data/network-time';
import { fmt, t } from '../../i18n';
import { LineIcon } from '../../ui/network-icons';
import { Popover } from '../../ui/popover';
import type { Desk } from './desk';

/** Milliseconds of a month at single speed. */
const STEP_MS = 500;
const SPEEDS = [0.5, 1, 2, 4] as const;
/** Undated models that the list names. */
const LISTED = 200;

interface TimeProps {
  readonly desk: Desk;
  readonly onUntil: (until: string | null) => void;
  readonly onGo: (node: number) => void;
}

/** The months of a network: a slider, and a replay of how it grew. */
export function TimeBar({ desk, onUntil, onGo }: TimeProps): JSX.Element | null {
  const { network, until, mask } = desk;
  const span = useMemo(() => spanOf(network), [network]);
  if (span === null || span.first === span.last) return <UndatedOnly desk={desk} onGo={onGo} />;
  const month = monthAt(span, until);
  const day = until ?? endOfMonth(span.last);
  const later = chosenLater(network, until);
  const at = t('net.time.at', { month: until === null ? fmt().date(network.head.as_of) : fmt().month(day), models: t('net.models', { n: mask.counts.models - later }) });
  const label = later === 0 ? at : `${at} ${t('net.time.later', { n: later })}`;
  return (
    <section class="net-time" aria-label={t('net.time')}>
      <Player span={span} month={month} onUntil={onUntil} />
      <div class="net-slider">
        <Histogram span={span} month={month} />
        <input
          id="until"
          type="range"
          min={span.first}
          max={span.last}
          step={1}
          value={month}
          aria-label={t('net.time.slider')}
          aria-valuetext={label}
          onInput={(event) => onUntil(untilOf(span, Number(event.currentTarget.value)))}
        />
      </div>
      <output class="net-time-label" for="until">
        {label}
      </output>
      <Undated desk={desk} onGo={onGo} />
    </section>
  );
}

/* There is no time to go through, but dates may be missing. */
function UndatedOnly({ desk, onGo }: { readonly desk: Desk; readonly onGo: (node: number) => void }): JSX.Element | null {
  if (desk.network.head.counts.undated === 0) return null;
  return (
    <section class="net-time" aria-label={t('net.time')}>
      <Undated desk={desk} onGo={onGo} />
    </section>
  );
}

interface PlayerProps {
  readonly span: Span;
  readonly month: number;
  readonly onUntil: (until: string | null) => void;
}

function Player({ span, month, onUntil }: PlayerProps): JSX.Element {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const at = useRef(month);
  at.current = month;
  const tell = useRef(onUntil);
  tell.current = onUntil;

  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(() => {
      const next = at.current + 1;
      at.current = next;
      tell.current(untilOf(span, next));
      if (next >= span.last) setPlaying(false);
    }, STEP_MS / speed);
    return () => clearInterval(timer);
  }, [isPlaying, speed, span]);

  const toggle = (): void => {
    // from the end it begins anew
    if (!isPlaying && month >= span.last) onUntil(untilOf(span, span.first));
    setPlaying(!isPlaying);
  };
  const text = t(isPlaying ? 'net.time.pause' : 'net.time.play');
  return (
    <>
      <button type="button" class="button button-icon net-play" aria-label={text} title={text} onClick={toggle}>
        <LineIcon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <label class="net-speed">
        <span class="visually-hidden">{t('net.time.speed')}</span>
        <select class="field" value={String(speed)} onChange={(event) => setSpeed(Number(event.currentTarget.value))}>
          {SPEEDS.map((value) => (
            <option key={value} value={String(value)} selected={value === speed}>
              {fmt().constant(value)}×
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

const HEIGHT = 24;

/* How many models appear in each month: what the slider runs over. */
function Histogram({ span, month }: { readonly span: Span; readonly month: number }): JSX.Element {
  const top = Math.max(...span.born);
  return (
    <svg class="net-born" viewBox={`0 0 ${span.last - span.first} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="net-born-past" d={bars(span, span.first, month, top)} />
      <path d={bars(span, month + 1, span.last, top)} />
    </svg>
  );
}

/* The root of a number: a month with few models still shows beside one with many. */
function bars(span: Span, from: number, to: number, top: number): string {
  // of few months the bars stay slim
  const half = Math.min(0.4, (span.last - span.first) * 0.012);
  let path = '';
  for (let month = from; month <= to; month += 1) {
    const count = span.born[month - span.first] ?? 0;
    const height = count === 0 ? 0 : Math.max(1.5, HEIGHT * Math.sqrt(count / top));
    if (height > 0) path += `M${(month - span.first - half).toFixed(3)} ${HEIGHT}v-${height.toFixed(2)}h${(2 * half).toFixed(3)}v${height.toFixed(2)}z`;
  }
  return path;
}

/* Models without a date are there only when no day is given: said apart, and named on demand. */
function Undated({ desk, onGo }: { readonly desk: Desk; readonly onGo: (node: number) => void }): JSX.Element | null {
  const { network, mask } = desk;
  const { undated } = network.head.counts;
  if (undated === 0) return null;
  return (
    <Popover id="undated" class="task-filter net-undated" button={t('net.undated', { n: undated })}>
      {(close) => (
        <>
          <p class="small">{t('net.undated.text')}</p>
          <ul class="net-menu">
            {undatedNodes(network, LISTED).map((node) => (
              <li key={node}>
                <button
                  type="button"
                  disabled={mask.nodes[node] !== 1}
                  onClick={() => {
                    close();
                    onGo(node);
                  }}
                >
                  {network.id(node)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Popover>
  );
}
