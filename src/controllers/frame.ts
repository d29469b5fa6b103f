/** Many facts, one render a frame: hosts that have news wait here for the next one. */
import type { ReactiveControllerHost } from 'lit';

const waiting = new Set<ReactiveControllerHost>();

/** Asks for an update of the host with the next frame; a hidden page draws none, and shows the truth when it is seen again. */
export function updateNextFrame(host: ReactiveControllerHost): void {
  if (waiting.size === 0) requestAnimationFrame(update);
  waiting.add(host);
}

function update(): void {
  const hosts = [...waiting];
  waiting.clear();
  for (const host of hosts) host.requestUpdate();
}
