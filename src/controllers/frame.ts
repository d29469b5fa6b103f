/** Many facts, one render a frame: hosts that have news wait here for the next one. */
import type { ReactiveControllerHost } from 'lit';

/** How long what nobody sees may wait, in milliseconds. */
const UNSEEN = 1000;

/** A host that may know that it is out of view. */
interface FrameHost extends ReactiveControllerHost {
  readonly isUnseen?: boolean;
}

const waiting = new Set<FrameHost>();
const unseen = new Set<FrameHost>();

/** Asks for an update of the host with the next frame; a hidden page draws none, and shows the truth when it is seen again. */
export function updateNextFrame(host: FrameHost): void {
  if (host.isUnseen) {
    if (unseen.size === 0) setTimeout(() => showAll(unseen), UNSEEN);
    unseen.add(host);
  } else {
    if (waiting.size === 0) requestAnimationFrame(() => showAll(waiting));
    waiting.add(host);
  }
}

/** Shows a host that comes into view as it is by now. */
export function updateSeen(host: FrameHost): void {
  if (unseen.delete(host)) updateNextFrame(host);
}

function showAll(set: Set<FrameHost>): void {
  const hosts = [...set];
  set.clear();
  for (const host of hosts) host.requestUpdate();
}
