// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { avatarSheetUrl } from '../../api/client';
import type { Network } from '../../data/network';
import { shortName } from '../../data/network-facts';
import type { NetworkMask } from '../../data/network-mask';
import type { CameraState } from '../../data/network-state';
import type { GraphMarks, GraphView } from '../../graph/types';
import { createGraphView } from '../../graph/view';
import { takePrepared } from './load';
import { readStyle } from './style';

/** What the picture tells; a node is -1 for none. */
export interface PictureEvents {
  readonly onHover: (node: number, x: number, y: number) => void;
  readonly onSelect: (node: number) => void;
  readonly onToggle: (node: number) => void;
  /** The camera rests where a reader moved it to. */
  readonly onCamera: (camera: CameraState) => void;
  readonly onFailure: (message: string) => void;
  /** The whole is shown anew. */
  readonly onFit: () => void;
  /** The view is there, or gone. */
  readonly onView: (view: GraphView | null) => void;
}

interface PictureProps extends PictureEvents {
  readonly network: Network;
  readonly mask: NetworkMask;
  readonly marks: GraphMarks;
  /** Where to look first; null: at the whole. */
  readonly camera: CameraState | null;
  /** Id of the node that stays where it is when another network of the same family comes. */
  readonly anchor: string | null;
  readonly label: string;
}

/* For tests: what is in the frame. */
interface Host extends HTMLDivElement {
  graphView?: GraphView;
  graphNetwork?: Network;
}

/** The picture of a network: the frame in which the view draws. */
export function Picture(props: PictureProps): JSX.Element {
  const { network, mask, marks } = props;
  const host = useRef<Host>(null);
  const view = useRef<GraphView | null>(null);
  const shown = useRef<Network | null>(null);
  const newest = useRef(props);
  newest.current = props;

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const made = create(element, newest);
    if (made === null) return undefined;
    view.current = made;
    element.graphView = made;
    newest.current.onView(made);
    const stopWatching = followTheme(element, made);
    const stopPrinting = followPrint(element, made, newest);
    return () => {
      stopWatching();
      stopPrinting();
      made.destroy();
      delete element.graphView;
      view.current = null;
      shown.current = null;
      newest.current.onView(null);
    };
  }, []);

  useLayoutEffect(() => {
    const { camera, anchor } = newest.current;
    const before = shown.current;
    const isKept = isSameFamily(before, network);
    shown.current = network;
    if (host.current !== null) host.current.graphNetwork = network;
    view.current?.setNetwork(network, isKept && anchor !== null ? { keep: true, anchor } : { keep: isKept });
    if (isKept && before?.head.view === network.head.view) return;
    if (camera !== null) view.current?.setCamera(camera);
    else if (isKept) {
      // another view of the family: its nodes travel, and all of it is shown
      newest.current.onFit();
      view.current?.fit();
    }
  }, [network]);
  useLayoutEffect(() => view.current?.setVisible(mask.nodes, mask.edges), [network, mask]);
  useLayoutEffect(() => view.current?.setMarks(marks), [network, marks]);

  return <div class="net-picture" ref={host} role="application" tabIndex={0} aria-label={props.label} />;
}

function create(host: HTMLElement, newest: { readonly current: PictureProps }): GraphView | null {
  try {
    return createGraphView(
      host,
      {
        style: readStyle(host),
        label: (node) => shortName(newest.current.network, node),
        avatarSheet: avatarSheetUrl,
        isStill: matchMedia('(prefers-reduced-motion: reduce)').matches,
        onHover: (node, x, y) => newest.current.onHover(node, x, y),
        onSelect: (node) => newest.current.onSelect(node),
        onToggle: (node) => newest.current.onToggle(node),
        onCamera: (camera) => newest.current.onCamera(camera),
        onFailure: (message) => newest.current.onFailure(message),
      },
      takePrepared(),
    );
  } catch (error) {
    newest.current.onFailure(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/* Whether nodes of the picture before can move to their new places. */
function isSameFamily(before: Network | null, after: Network): boolean {
  return before !== null && before.head.roots.join() === after.head.roots.join();
}

function followTheme(host: HTMLElement, view: GraphView): () => void {
  const observer = new MutationObserver(() => view.setStyle(readStyle(host)));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/* On paper the whole is shown, in light colours; afterwards all is as it was. */
function followPrint(host: HTMLElement, view: GraphView, newest: { readonly current: PictureProps }): () => void {
  let before: CameraState | null = null;
  const setScheme = (scheme: string): void => {
    host.style.colorScheme = scheme;
    view.setStyle(readStyle(host));
  };
  const begin = (): void => {
    const { network, mask, marks } = newest.current;
    before ??= view.camera();
    setScheme('light');
    // at once, where a fit would fly
    view.setNetwork(network);
    view.setVisible(mask.nodes, mask.edges);
    view.setMarks(marks);
    view.drawNow();
  };
  const end = (): void => {
    setScheme('');
    if (before !== null) view.setCamera(before);
    before = null;
  };
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  return () => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  };
}
