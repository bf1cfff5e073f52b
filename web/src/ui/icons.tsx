// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import type { Relation } from '../api/schema';

/** The frame of an icon. */
export function Icon({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** The mark of the product. */
export function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
      <rect class="logo-ground" width="32" height="32" rx="8" />
      <path class="logo-line" d="M12.4 13.6 20 9.4M12.6 18.2l7.6 4" />
      <circle class="logo-root" cx="10" cy="16" r="4.6" />
      <circle class="logo-a" cx="22.4" cy="8.4" r="3" />
      <circle class="logo-b" cx="22.8" cy="23.4" r="3.6" />
    </svg>
  );
}

/** A magnifying glass. */
export function SearchIcon(): JSX.Element {
  return (
    <Icon>
      <circle cx="9" cy="9" r="5.2" />
      <path d="m13 13 4 4" />
    </Icon>
  );
}

/** Bars of several heights in a frame: a dashboard. */
export function DashboardIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M3.5 4h13v12h-13zM7 13V9.5M10 13V7M13 13v-2.5" />
    </Icon>
  );
}

/** A cross: take away, close. */
export function CrossIcon(): JSX.Element {
  return (
    <Icon>
      <path d="m5.5 5.5 9 9m0-9-9 9" />
    </Icon>
  );
}

/** An exclamation mark in a ring: something failed. */
export function AlertIcon(): JSX.Element {
  return (
    <Icon>
      <circle cx="10" cy="10" r="7.2" />
      <path d="M10 6.2v4.6M10 13.6v.1" />
    </Icon>
  );
}

/** An arrow out of a box: leads to another site. */
export function OutIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M11 4h5v5M16 4l-7 7M8.5 5H4v11h11v-4.5" />
    </Icon>
  );
}

/** A tip that points down. */
export function DownIcon(): JSX.Element {
  return (
    <Icon>
      <path d="m5.5 8 4.5 4.5L14.5 8" />
    </Icon>
  );
}

/** A tip that points to the start of the line, twice where `isDouble`. */
export function BackIcon({ isDouble = false }: { readonly isDouble?: boolean }): JSX.Element {
  return (
    <Icon>
      <path d={isDouble ? 'm10 5-5 5 5 5m5-10-5 5 5 5' : 'm12 5-5 5 5 5'} />
    </Icon>
  );
}

/** A tip that points to the end of the line, twice where `isDouble`. */
export function ForwardIcon({ isDouble = false }: { readonly isDouble?: boolean }): JSX.Element {
  return (
    <Icon>
      <path d={isDouble ? 'm5 5 5 5-5 5m5-10 5 5-5 5' : 'm8 5 5 5-5 5'} />
    </Icon>
  );
}

/** A node and what grew out of it. */
export function NetworkIcon(): JSX.Element {
  return (
    <Icon>
      <circle cx="5.5" cy="10" r="2.6" />
      <circle cx="14.8" cy="4.8" r="2" />
      <circle cx="14.8" cy="15.2" r="2" />
      <path d="m7.9 8.8 5.1-3M7.9 11.2l5.1 3" />
    </Icon>
  );
}

/** Direction of a sort: the half that holds is drawn strong by the style sheet. */
export function SortIcon(): JSX.Element {
  return (
    <svg class="sort-icon" viewBox="0 0 10 14" width="10" height="14" aria-hidden="true" focusable="false">
      <path class="sort-up" d="M5 1 9 5.5H1z" />
      <path class="sort-down" d="M5 13 1 8.5h8z" />
    </svg>
  );
}

/** Sun, moon or both, for the choice of theme. */
export function ThemeIcon({ name }: { readonly name: 'auto' | 'light' | 'dark' }): JSX.Element {
  if (name === 'light') {
    return (
      <Icon>
        <circle cx="10" cy="10" r="3.4" />
        <path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4" />
      </Icon>
    );
  }
  if (name === 'dark') {
    return (
      <Icon>
        <path d="M15.8 12.2A6.5 6.5 0 0 1 7.8 4.2a6.5 6.5 0 1 0 8 8z" />
      </Icon>
    );
  }
  return (
    <Icon>
      <circle cx="10" cy="10" r="6.5" />
      <path class="icon-fill" d="M10 3.5a6.5 6.5 0 0 1 0 13z" />
    </Icon>
  );
}

const SHAPES: Readonly<Record<Relation, string>> = {
  adapter: 'M6 .8 11.2 6 6 11.2.8 6z',
  finetune: 'M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6z',
  merge: 'M6 1.2 11.3 10.6H.7z',
  quantized: 'M1.6 1.6h8.8v8.8H1.6z',
};

/** The shape of a relation; its colour comes from the style sheet, its name stands beside it. */
export function RelationShape({ relation }: { readonly relation: Relation }): JSX.Element {
  return (
    <svg class={`shape shape-${relation}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={SHAPES[relation]} />
    </svg>
  );
}
