/** Selects the icon of a download, or a letter as its placeholder. */
import type { ImageResource } from '../standard/background-fetch.js';
import { parseUrl } from '../standard/older-browsers.js';
import { toText } from './text.js';

const PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:', 'blob:', 'data:']);

/** Selects the smallest icon that is sharp at `size` CSS pixels, else the largest; undefined if none can be shown. */
export function pictureOf(icons: readonly ImageResource[], size: number, density: number, base: string): string | undefined {
  const wanted = size * density;
  let best: { src: string; size: number } | undefined;
  for (const icon of icons) {
    const src = safeAddress(icon.src, base);
    if (src === undefined) continue;
    const candidate = { src, size: sizeOf(icon) };
    if (!best || isBetter(candidate.size, best.size, wanted)) best = candidate;
  }
  return best?.src;
}

function isBetter(size: number, best: number, wanted: number): boolean {
  return best < wanted ? size > best : size >= wanted && size < best;
}

/** Returns the longest edge of an icon in pixels. A scalable icon has the requested size; one without sizes is the last choice. */
function sizeOf({ sizes = '' }: ImageResource): number {
  if (/\bany\b/i.test(sizes)) return 1024;
  return Math.max(0, ...[...sizes.matchAll(/(\d+)x(\d+)/gi)].map(([, width, height]) => Math.max(Number(width), Number(height))));
}

function safeAddress(src: string, base: string): string | undefined {
  const { href, protocol = '' } = parseUrl(src, base) ?? {};
  return PROTOCOLS.has(protocol) ? href : undefined;
}

/** Selects the placeholder of a download without an icon: the first letter or digit of its title and one of six colours, both stable. */
export function letterOf(id: string, title: string): { letter: string; colour: number } {
  let hash = 0;
  for (const unit of id) hash = (hash * 31 + (unit.codePointAt(0) ?? 0)) >>> 0;
  return { letter: /[\p{L}\p{N}]/u.exec(title)?.[0].toUpperCase() ?? '', colour: hash % 6 };
}

/** Returns the decoded last path segment of a URL; its host if there is none. */
export function fileNameOf(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed) return toText(url);
  const { pathname, hostname } = parsed;
  const name = pathname.split('/').findLast((segment) => segment !== '');
  if (name === undefined) return hostname;
  try {
    return decodeURIComponent(name);
  } catch (error) {
    // A name with an invalid percent sign is not decoded.
    if (error instanceof URIError) return name;
    throw error;
  }
}
