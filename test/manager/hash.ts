/** Values of `integrity`. */

/** One that no file has. */
export const NONE = `sha256-${'a'.repeat(43)}=`;

/** The hash of what is at a URL. */
export async function hashOf(url: string, algorithm = 'SHA-256'): Promise<string> {
  const digest = await crypto.subtle.digest(algorithm, await (await fetch(url)).arrayBuffer());
  return `${algorithm.toLowerCase().replace('-', '')}-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
