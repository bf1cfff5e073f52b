// SPDX-License-Identifier: MIT
import { formatDashboardState, parseDashboardState } from '../../data/dashboard-state';
import type { DashboardState, Opened } from '../../data/dashboard-state';
import { dashboardHref as dashboardPath } from '../../data/route';
import { hrefOf, navigate, place } from '../../ui/router';

/* The address that was there before what is open was opened here: closing goes back to it. */
let openedFrom: string | null = null;
/* What had the focus then. */
let opener: Element | null = null;

/** The state in the present address. Handlers read it when they run: it may be newer than what they drew. */
export function dashboardState(): DashboardState {
  return parseDashboardState(place.value.search);
}

/** The address of the dashboard with part of the present state changed. */
export function dashboardHref(change: Partial<DashboardState>): string {
  return hrefOf(dashboardPath(), formatDashboardState({ ...dashboardState(), ...change }));
}

/** Changes part of the state as a step of its own in the history. */
export function pushDashboard(change: Partial<DashboardState>): void {
  navigate(dashboardHref(change));
}

/** Changes part of the state in place: how something is shown is no step in the history. */
export function replaceDashboard(change: Partial<DashboardState>): void {
  navigate(dashboardHref(change), { isReplace: true });
}

/** Opens the ten most influential models of something. */
export function openTen(opened: Opened): void {
  const { opened: before } = dashboardState();
  if (before === null) {
    openedFrom = place.value.path + place.value.search;
    opener = document.activeElement;
  }
  pushDashboard({ opened });
}

/** Closes what is open: the way it was opened back, where that was here. */
export function closeTen(): void {
  if (openedFrom === null) {
    replaceDashboard({ opened: null });
    return;
  }
  openedFrom = null;
  history.back();
}

/** After something was closed: gives the focus back to what opened it, else to the heading. */
export function restoreFocus(): void {
  openedFrom = null;
  const target = opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : document.querySelector('h1');
  opener = null;
  target?.focus({ preventScroll: true });
}
