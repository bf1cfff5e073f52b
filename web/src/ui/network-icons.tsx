// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { Icon } from './icons';

const PATHS = {
  plus: 'M10 4.5v11M4.5 10h11',
  minus: 'M4.5 10h11',
  fit: 'M4 7.5V4h3.5M12.5 4H16v3.5M16 12.5V16h-3.5M7.5 16H4v-3.5',
  filter: 'M3.5 5h13M6 10h8M8.5 15h3',
  download: 'M10 3.5v9m-3.5-3.5L10 12.5 13.5 9M4 16.5h12',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-.9.9M11.5 8.5a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l.9-.9',
  picture: 'M6.2 10a2 2 0 1 1-.01 0M14 6a2 2 0 1 1-.01 0M14 15.5a1.6 1.6 0 1 1-.01 0M8 11l4.3-2.4M8 13l4.6 2.5',
  table: 'M3.5 4.5h13v11h-13zM3.5 8.5h13M3.5 12h13M8.5 8.5v7',
  both: 'M3.5 4.5h13v11h-13zM10 4.5v11M12.5 8h2M12.5 11h2',
  play: 'M7 4.8v10.4l8-5.2z',
  pause: 'M7 5v10M13 5v10',
  clock: 'M10 3a7 7 0 1 1-.01 0M10 6.5V10l2.5 1.8',
  target: 'M10 6a4 4 0 1 1-.01 0M10 2.5V6M10 14v3.5M2.5 10H6M14 10h3.5',
} as const;

/** Icons of the network page: one path each. */
export function LineIcon({ name }: { readonly name: keyof typeof PATHS }): JSX.Element {
  return (
    <Icon>
      <path d={PATHS[name]} />
    </Icon>
  );
}
