/** Pictures without a file. */
import type { ImageResource } from '../src/standard/background-fetch.js';

/** A square with a letter on two colours, as a `data:` address. */
export function picture(letter: string, from: string, to: string): ImageResource & { readonly src: string } {
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><linearGradient id="g" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient><rect width="96" height="96" fill="url(#g)"/><text x="48" y="61" font-family="sans-serif" font-weight="700" font-size="38" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return { src: `data:image/svg+xml,${encodeURIComponent(markup)}`, sizes: '96x96', type: 'image/svg+xml' };
}
