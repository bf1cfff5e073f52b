// SPDX-License-Identifier: MIT
import type { TextsOf } from '../messages';

/** The home page, in Chinese. */
export const texts: TextsOf<'home'> = {
  'home.title': '看懂开源大模型生态',
  'home.lead': '哪些开源模型重要，出自谁手，又衍生出什么。',
};
