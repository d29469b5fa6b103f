/** Batches updates of hosts into one render per frame. */
import type { ReactiveControllerHost } from 'lit';

const waiting = new Set<ReactiveControllerHost>();

/** Requests an update of the host in the next frame. A hidden page renders none, and updates when it becomes visible. */
export function updateNextFrame(host: ReactiveControllerHost): void {
  if (waiting.size === 0) requestAnimationFrame(update);
  waiting.add(host);
}

function update(): void {
  const hosts = [...waiting];
  waiting.clear();
  for (const host of hosts) host.requestUpdate();
}
