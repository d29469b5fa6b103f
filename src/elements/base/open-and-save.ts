/** Opens a stored download in a tab, or saves its files to disk. */
import type { PageClient } from '../../controllers/client-context.js';
import type { FetchRecord } from '../../manager/record.js';
import { toRequest, type PlainRequest } from '../../standard/plain-request.js';
import { fileNameOf } from '../../view/picture.js';
import { BgFetchOpenEvent } from '../events.js';

/** Lifetime of a `blob:` URL in milliseconds, long enough for the browser to start saving it. */
const URL_LIFETIME = 60_000;

/** Types that a browser displays without running scripts; no XML type is one of them. */
const SAFE_TYPE = /^((audio|image|video)\/[\w.-]+|application\/pdf|text\/plain)$/;

/** Opens the first file in a new tab, unless the page cancels `bg-fetch-open`. Files of unsafe types are saved instead. */
export async function openDownload(target: EventTarget, client: PageClient, record: FetchRecord): Promise<void> {
  const event = new BgFetchOpenEvent(record);
  if (!target.dispatchEvent(event)) return;
  const [request] = record.requests;
  if (!request) return;
  const response = await client.match(toRequest(request));
  if (isServed(request, response)) {
    // After this answer the worker has its list of stored URLs, so that media can seek in its response. Without it the file opens too.
    await client.list().catch(() => undefined);
    clickLink({ href: request.url, ...TAB });
    return;
  }
  // A document from a `blob:` URL has the site's origin, whatever origin sent the file.
  const file = required(request, response);
  const type = safeTypeOf(file);
  if (type) clickLink({ href: URL.createObjectURL(await blobOf(file, type)), ...TAB });
  else await save(request, file);
}

/** Saves each stored file under its own name. */
export async function saveDownload(client: PageClient, record: FetchRecord): Promise<void> {
  for (const request of record.requests) await save(request, required(request, await client.match(toRequest(request))));
}

const TAB = { target: '_blank', rel: 'noopener' };

/**
 * Returns true if the URL can be opened through the worker as without it: the file is same-origin and was not redirected, or it is not
 * stored by this kit.
 */
function isServed({ url }: PlainRequest, response: Response | undefined): boolean {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker?.controller || new URL(url).origin !== location.origin) return false;
  return !response || response.url === url.split('#', 1)[0];
}

/** Returns the type under which a tab may show the file; undefined if it must be saved. */
function safeTypeOf({ headers }: Response): string | undefined {
  if (/^\s*attachment/i.test(headers.get('content-disposition') ?? '')) return undefined;
  const [essence = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  if (!SAFE_TYPE.test(essence.trim())) return undefined;
  const charset = /^\s*charset="?[\w-]+"?\s*$/;
  return [essence.trim(), ...parameters.filter((parameter) => charset.test(parameter))].join(';');
}

async function save({ url }: PlainRequest, response: Response): Promise<void> {
  const href = URL.createObjectURL(await blobOf(response, 'application/octet-stream'));
  setTimeout(() => URL.revokeObjectURL(href), URL_LIFETIME);
  clickLink({ href, download: fileNameOf(url) });
}

/** Converts the body to a Blob of another type, without copying its bytes. */
async function blobOf(response: Response, type: string): Promise<Blob> {
  const blob = await response.blob();
  return blob.slice(0, blob.size, type);
}

function required({ url }: PlainRequest, response: Response | undefined): Response {
  if (response) return response;
  throw new DOMException(`Failed to open "${url}": it is not stored here any more. Download it again.`, 'NotFoundError');
}

function clickLink(attributes: Partial<Pick<HTMLAnchorElement, 'href' | 'target' | 'rel' | 'download'>>): void {
  Object.assign(document.createElement('a'), attributes).click();
}
