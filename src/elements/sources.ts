/** What a button downloads: named by attributes, by properties, or by a link inside it. */
import type { ImageResource } from '../standard/background-fetch.js';
import { fileNameOf } from '../view/picture.js';

/** The attributes and properties that name a download. */
export interface SourceHost extends HTMLElement {
  readonly fetchId?: string;
  readonly src: string;
  readonly requests: readonly (RequestInfo | URL)[];
  readonly downloadTitle: string;
  readonly icon: string;
  readonly icons: readonly ImageResource[];
  readonly integrity: string;
}

/** The link inside an element, which works before any script does. */
export function linkOf(host: HTMLElement): HTMLAnchorElement | undefined {
  return host.querySelector?.<HTMLAnchorElement>('a[href]') ?? undefined;
}

/** The addresses of a download as the author wrote them. */
export function urlsOf(host: SourceHost): string[] {
  if (host.requests.length > 0)
    return host.requests.map((request) => (request instanceof Request ? request.url : String(request)));
  const written = host.src.trim().split(/\s+/).filter(Boolean);
  const link = written.length > 0 ? undefined : linkOf(host);
  return link ? [link.href] : written;
}

/** What to fetch. An `integrity` is asked of the first file. */
export function requestsOf(host: SourceHost): readonly (RequestInfo | URL)[] {
  if (host.requests.length > 0) return host.requests;
  return urlsOf(host).map((url, index) =>
    index === 0 && host.integrity !== '' ? new Request(url, { integrity: host.integrity }) : url,
  );
}

/** The id the author gave, or one made from the absolute addresses; empty when there is neither. */
export function idOf(host: SourceHost): string {
  if (host.fetchId !== undefined) return host.fetchId;
  const base = host.baseURI as string | undefined;
  return urlsOf(host)
    .map((url) => (base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : url))
    .join(' ');
}

/** What people know the download by. */
export function titleOf(host: SourceHost): string {
  const [first = ''] = urlsOf(host);
  return host.downloadTitle || (linkOf(host)?.textContent.trim() ?? '') || fileNameOf(first);
}

/** The pictures that may stand for the download. */
export function iconsOf({ icons, icon }: SourceHost): readonly ImageResource[] {
  return icons.length > 0 || icon === '' ? icons : [{ src: icon }];
}
