// SPDX-License-Identifier: MIT
import type { BarSeriesOption, LineSeriesOption, SankeySeriesOption, TreemapSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Look } from './look';

/** What a chart of the dashboard can be. */
export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | SankeySeriesOption | TreemapSeriesOption | AriaComponentOption | GridComponentOption | TooltipComponentOption
>;

/** One thing in a chart that can be pointed at: told in words, and opened. */
export interface ChartItem {
  /** Unique in the chart; data carry it as `key`. */
  readonly key: string;
  readonly title: string;
  /** Name and value, and the number of a colour of the series where it has one. */
  readonly lines: readonly (readonly [name: string, value: string, color?: number])[];
  /** Where it is in the chart, so that it can be lit. */
  readonly at: { readonly seriesIndex?: number; readonly dataIndex: number; readonly dataType?: 'edge' };
  /** What a click does; without it, there is nothing behind. */
  readonly onPick?: (() => void) | undefined;
}

/** What can be done with a chart from outside. */
export interface ChartControl {
  /** The chart as a picture with a title above it. */
  readonly picture: (title: string, note: string) => Promise<Blob>;
}

/** What a chart is made of. */
export interface ChartProps {
  readonly label: string;
  readonly option: (look: Look) => ChartOption;
  readonly items: readonly ChartItem[];
  /** What the chart is drawn from: it is drawn again when this is another one. */
  readonly source: unknown;
  /** Whether a click anywhere means the item at this place of the horizontal axis. */
  readonly isByColumn?: boolean;
  /** Height, in rem; without it the chart fills its frame. */
  readonly height: number | null;
  readonly onControl: (control: ChartControl | null) => void;
}
