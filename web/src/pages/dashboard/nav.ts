// SPDX-License-Identifier: MIT
import { formatDashboardState, parseDashboardState } from '../../data/dashboard-state';
import type { DashboardState, Opened } from '../../data/dashboard-state';
import { dashboardHref as dashboardPath } from '../../data/route';
import { hrefOf, navigate, place } from '../../ui/router';

/* What had the focus before something was opened here, and how to find its like when the page was drawn anew. */
let opener: Element | null = null;
let openerSelector: string | null = null;

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

/** Opens the ten most influential models of something. Its entry in the history says that the page is behind it. */
export function openTen(opened: Opened): void {
  const isFirst = dashboardState().opened === null;
  if (isFirst) opener = document.activeElement;
  pushDashboard({ opened });
  if (isFirst) history.replaceState({ opener: selectorOf(opener) }, '');
}

/** Closes what is open: the way it was opened back, where that was here. */
export function closeTen(): void {
  if (openerOf(history.state) === null) replaceDashboard({ opened: null });
  else history.back();
}

/** When something is shown as open: reads from the history what opened it. */
export function noteOpener(): void {
  openerSelector = openerOf(history.state);
}

/** After something was closed: gives the focus back to what opened it, or to its like, else to the heading. */
export function restoreFocus(): void {
  const same = opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : null;
  const like = openerSelector === null || openerSelector === '' ? null : document.querySelector<HTMLElement>(openerSelector);
  opener = null;
  openerSelector = null;
  (same ?? like ?? document.querySelector('h1'))?.focus({ preventScroll: true });
}

function openerOf(state: unknown): string | null {
  return state !== null && typeof state === 'object' && 'opener' in state ? String(state.opener) : null;
}

/* Where an element stands: its panel, and there the chart, the row, the series or the name. */
function selectorOf(element: Element | null): string {
  const panel = element?.closest('.dash-panel')?.getAttribute('aria-labelledby');
  if (element === null || typeof panel !== 'string') return '';
  const inside = `[aria-labelledby="${panel}"] `;
  if (element.matches('.chart')) return `${inside}.chart`;
  const row = element.closest('tr')?.dataset['value'];
  if (row !== undefined) return `${inside}tr[data-value="${CSS.escape(row)}"] button`;
  const name = element.getAttribute('data-series') === null ? 'aria-label' : 'data-series';
  const value = element.getAttribute(name);
  return value === null ? `${inside}.link` : `${inside}[${name}="${CSS.escape(value)}"]`;
}
