/** A stage for real downloads: the kit as a site uses it, and the gallery's worker in the place of a server. */
import { html, type TemplateResult } from 'lit';
import '../../src/define.js';

const WORKER = 'gallery-worker.js';

/** A story's loader: waits until the worker answers for this page. */
export async function workerReady(): Promise<void> {
  const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  if (!container || container.controller) return;
  const controlled = new Promise((resolve) => container.addEventListener('controllerchange', resolve, { once: true }));
  const { active } = await container.register(WORKER);
  // A page reloaded past its worker stays without one until it is claimed.
  active?.postMessage('claim');
  if (!container.controller) await controlled;
}

/** The content with a client of its own. */
export function live(content: TemplateResult, engine: 'auto' | 'native' | 'in-page' = 'auto'): TemplateResult {
  return html`<bg-fetch-provider service-worker=${WORKER} engine=${engine}>${content}</bg-fetch-provider>`;
}
