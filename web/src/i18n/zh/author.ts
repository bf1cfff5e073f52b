// SPDX-License-Identifier: MIT
import type { TextsOf } from '../messages';

/** An author, in Chinese. */
export const texts: TextsOf<'author'> = {
  'author.hub': '在 Hugging Face 上查看作者',
};
