// SPDX-License-Identifier: MIT
import type { TextsOf } from '../messages';

/** An author, in Chinese. */
export const texts: TextsOf<'author'> = {
  'author.hub': '在 Hugging Face 打开',
  'author.missing': '没有这位作者',
  'author.missing.text': '数据集中没有作者 {name}。',
  'author.missing.search': '搜索名称含“{name}”的模型',
  'author.error': '作者 {name} 加载失败',
  'author.empty': '数据集中没有该作者的模型',
  'author.empty.text': '仅因其他模型将其模型列为基座，才得知这位作者。',
  'author.influence': '全部模型的影响力',
  'author.models': '模型',
  'author.downloads': '近 30 天下载量',
  'author.likes': '点赞',
  'author.rank': '在 {of} 位作者中排第 {rank}',
  'author.no-rank': '未参与排名',
  'author.best': '影响力最大的 {n} 个模型',
  'author.all': '在排行榜中查看全部 {n} 个模型',
  'author.network': '{id} 的生态网络',
  'author.network.head': '网络',
  'author.tasks': '任务',
  'author.count': '{n} 个模型',
  'author.families': '起源于此的家族',
  'author.families.none': '这些模型都没有衍生模型，或其自身衍生自其他作者的模型。',
  'author.families.count': '共 {n} 个家族，按影响力排列',
  'author.families.first': '影响力最大的 {n} 个，共 {of} 个',
  'author.families.influence': '影响力 {value}',
  'author.root': '根模型 {id}',
};
