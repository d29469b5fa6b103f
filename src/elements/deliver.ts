/** How a stored download gets to the person: opened in a tab, or as files on disk. */
import type { PageClient } from '../controllers/client-context.js';
import type { FetchRecord } from '../manager/record.js';
import { toRequest } from '../standard/plain-request.js';
import { fileNameOf } from '../view/picture.js';
import { BgFetchOpenEvent } from './events.js';

/** Long enough for a tab to take the bytes over. */
const LENT = 60_000;

/** Opens the first file in a tab of its own, unless the page prevents `bg-fetch-open`. */
export async function openDownload(target: EventTarget, client: PageClient, record: FetchRecord): Promise<void> {
  const event = new BgFetchOpenEvent(record);
  if (!target.dispatchEvent(event)) return;
  const [request] = record.requests;
  if (!request) return;
  // With a worker in charge the address itself is answered from what is stored, and media can seek in it.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  const served = serviceWorker?.controller && new URL(request.url).origin === location.origin;
  const href = served ? request.url : await lend(client, request);
  follow({ href, target: '_blank', rel: 'noopener' });
}

/** Saves each stored file under its own name. */
export async function saveDownload(client: PageClient, record: FetchRecord): Promise<void> {
  for (const request of record.requests) {
    follow({ href: await lend(client, request), download: fileNameOf(request.url) });
  }
}

async function lend(client: PageClient, request: FetchRecord['requests'][number]): Promise<string> {
  const response = await client.match(toRequest(request));
  if (!response)
    throw new DOMException(
      `Failed to open "${request.url}": it is not stored here any more. Download it again.`,
      'NotFoundError',
    );
  const url = URL.createObjectURL(await response.blob());
  setTimeout(() => URL.revokeObjectURL(url), LENT);
  return url;
}

function follow(attributes: Partial<Pick<HTMLAnchorElement, 'href' | 'target' | 'rel' | 'download'>>): void {
  Object.assign(document.createElement('a'), attributes).click();
}
