/** Parses an `integrity` attribute (Subresource Integrity, section 3.3). */

/** Length of each algorithm's digest in base64, without padding; the weakest algorithm first. */
const DIGEST_LENGTHS = { sha256: 43, sha384: 64, sha512: 86 } as const;

/** Names of the algorithms of Subresource Integrity. */
export type HashName = keyof typeof DIGEST_LENGTHS;

/** One hash of an `integrity`; the digest is in `base64`, with padding. */
export interface Hash {
  readonly name: HashName;
  readonly digest: string;
}

/** Parses the hashes that can be checked. The algorithm's name may be in capitals, and the digest in `base64url`. */
export function toHashes(integrity: string): Hash[] {
  return tokensOf(integrity).flatMap((token) => toHash(token) ?? []);
}

/** Finds the first word of an `integrity` that is not a hash. */
export function findUnfit(integrity: string): string | undefined {
  return tokensOf(integrity).find((token) => !toHash(token));
}

function tokensOf(integrity: string): string[] {
  return integrity.split(/[\t\n\f\r ]+/).filter((token) => token !== '');
}

function toHash(token: string): Hash | undefined {
  const [, algorithm = '', value = ''] = /^(sha(?:256|384|512))-([A-Za-z0-9+/_-]+)={0,2}(?:\?\S*)?$/i.exec(token) ?? [];
  const name = algorithm.toLowerCase() as HashName;
  if (value.length !== DIGEST_LENGTHS[name]) return undefined;
  const digest = value.replaceAll('-', '+').replaceAll('_', '/');
  return { name, digest: digest.padEnd(Math.ceil(digest.length / 4) * 4, '=') };
}
