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
  'search.go.task': '查看任务“{name}”的模型',
  'search.go.language': '查看语言“{name}”的模型',
  'search.go.list': '按此地址的筛选条件打开排行榜',
  'search.all': '查看全部 {n} 个匹配“{q}”的模型',
  'search.all.unknown': '在排行榜中搜索“{q}”',
  'search.found': '共 {n} 条结果。',
  'search.none': '没有匹配的名称。',
  'search.no.dataset': '这是数据集，不是模型。',
  'search.no.space': '这是 Space 应用，不是模型。',
  'search.no.page': '这个 Hub 页面既不是模型也不是作者。',
  'search.waiting': '正在搜索…',
  'search.failed': '搜索失败。{reason}',
  'search.projects': '暂不支持搜索 GitHub 项目。',
};
