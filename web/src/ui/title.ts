// SPDX-License-Identifier: MIT
import { useLayoutEffect } from 'preact/hooks';

/** The title of the document while a page is shown. */
export function useTitle(title: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · LLM-ECO-VIZ`;
  }, [title]);
}
