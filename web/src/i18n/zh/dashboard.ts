// SPDX-License-Identifier: MIT
import type { TextsOf } from '../messages';

/** The ecosystem dashboard, in Chinese. */
export const texts: TextsOf<'dashboard'> = {
  'dash.title': '大模型生态大屏',
  'dash.lead': '谁在塑造开源大模型生态：语言、作者、机构类型与任务。',
};
