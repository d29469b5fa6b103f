/** Sources of a button's download: attributes, properties, or a link inside it. */
import { MAX_ID } from '../../manager/record.js';
import type { ImageResource } from '../../standard/background-fetch.js';
import { fileNameOf } from '../../view/picture.js';
import { toText } from '../../view/text.js';
import { parseUrl } from '../../standard/older-browsers.js';

/** Attributes and properties that define a download. */
export interface SourceHost extends HTMLElement {
  readonly fetchId?: string;
  readonly src: string;
  readonly requests: readonly (RequestInfo | URL)[];
  readonly downloadTitle: string;
  readonly icon: string;
  readonly icons: readonly ImageResource[];
  readonly integrity: string;
}

/** Maximum length of a URL or id quoted in a message, in characters. */
const QUOTED = 40;

/** Returns the link inside an element, which works without script. */
export function linkOf(host: HTMLElement): HTMLAnchorElement | undefined {
  return host.querySelector?.<HTMLAnchorElement>('a[href]') ?? undefined;
}

/** Returns the URLs of a download as written by the author. */
export function urlsOf(host: SourceHost): string[] {
  if (host.requests.length > 0)
    return host.requests.map((request) => (request instanceof Request ? request.url : String(request)));
  const written = host.src.trim().split(/\s+/).filter(Boolean);
  const link = written.length > 0 ? undefined : linkOf(host);
  return link ? [link.href] : written;
}

/** Returns the requests of a download. `integrity` applies to the first file. */
export function requestsOf(host: SourceHost): readonly (RequestInfo | URL)[] {
  if (host.requests.length > 0) return host.requests;
  return urlsOf(host).map((url, index) =>
    index === 0 && host.integrity !== '' ? new Request(url, { integrity: host.integrity }) : url,
  );
}

/** Returns the id set by the author, or one derived from the absolute URLs; empty if there is neither. */
export function idOf(host: SourceHost): string {
  if (host.fetchId !== undefined) return host.fetchId;
  const urls = urlsOf(host).map((url) => addressOf(url, host)?.href ?? url);
  const joined = urls.join(' ');
  return joined.length > MAX_ID ? shortIdOf(joined, urls.length) : joined;
}

/** Returns the reason why this cannot be downloaded; undefined if it can, or if there is nothing to download yet. */
export function refusalOf(host: SourceHost): string | undefined {
  const urls = urlsOf(host);
  if (urls.length === 0) return undefined;
  const id = idOf(host);
  const refuse = (why: string) => `Failed to start background fetch "${quoted(id)}": ${why}`;
  if (id === '') return refuse('the id is empty. Give the element a fetch-id or an address.');
  if (id.length > MAX_ID) return refuse(`its id has ${id.length} characters. Give it one of 1 to ${MAX_ID}.`);
  const wrong = urls.find((url) => !isWebAddress(url, host));
  return wrong === undefined ? undefined : refuse(`"${quoted(wrong)}" is not an http: or https: address. Correct it.`);
}

/** Returns true for a URL that is safe in a link: other schemes can run scripts. */
export function isWebAddress(url: string, host: SourceHost): boolean {
  const protocol = addressOf(url, host)?.protocol;
  return protocol === 'https:' || protocol === 'http:';
}

export function titleOf(host: SourceHost): string {
  return toText(host.downloadTitle || (linkOf(host)?.textContent.trim() ?? '') || firstNameOf(host));
}

function firstNameOf(host: SourceHost): string {
  const [first] = urlsOf(host);
  return first === undefined ? '' : fileNameOf(addressOf(first, host)?.href ?? first);
}

export function iconsOf({ icons, icon }: SourceHost): readonly ImageResource[] {
  return icons.length > 0 || icon === '' ? icons : [{ src: icon }];
}

/** Returns the absolute URL, resolved like a link of the page; a server resolves against a placeholder to check the scheme. */
function addressOf(url: string, { baseURI = 'https://localhost/' }: Partial<SourceHost>): URL | undefined {
  return parseUrl(url, baseURI);
}

function quoted(text: string): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}

const shortIds = new Map<string, string>();

/** Returns an id for a list of URLs: their 64-bit FNV-1a hash. */
function shortIdOf(joined: string, count: number): string {
  let id = shortIds.get(joined);
  if (id === undefined) {
    let hash = 0xcbf29ce484222325n;
    for (const byte of new TextEncoder().encode(joined)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    shortIds.set(joined, (id = `urls:${count}:${hash.toString(16).padStart(16, '0')}`));
  }
  return id;
}
