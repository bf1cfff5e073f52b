// SPDX-License-Identifier: MIT
import type { TextsOf } from '../messages';

/** What completes the search for everything, in Chinese. */
export const texts: TextsOf<'search'> = {
  'search.list': '搜索建议',
  'search.models': '模型',
  'search.authors': '作者',
  'search.tasks': '任务',
  'search.languages': '语言',
  'search.models.count': '{n} 个模型',
  'search.rank': '影响力第 {rank} 名',
  'search.go': '按回车键前往',
  'search.go.model': '前往模型 {name}',
  'search.go.author': '前往作者 {name}',
  'search.all': '查看全部 {n} 个匹配“{q}”的模型',
  'search.all.unknown': '在排行榜中搜索“{q}”',
  'search.found': '共 {n} 条结果。',
  'search.none': '没有匹配的名称。',
  'search.waiting': '正在搜索…',
  'search.failed': '搜索失败。{reason}',
  'search.projects': '暂不支持搜索 GitHub 项目。',
};
