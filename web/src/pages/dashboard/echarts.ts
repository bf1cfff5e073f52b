// SPDX-License-Identifier: MIT
import { BarChart, LineChart, SankeyChart, TreemapChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

/* Exactly what the dashboard draws: everything else stays out of the file. A canvas rather than SVG: the content policy
 * allows no style in attributes or elements, and a picture is saved as it is. */
echarts.use([BarChart, LineChart, SankeyChart, TreemapChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

/** ECharts with the parts that the dashboard uses. */
export const { init } = echarts;
