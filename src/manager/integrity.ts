/** Holds bytes against their hashes, streaming (Subresource Integrity, section 3). Loaded only where a download has some. */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

/** The algorithms, the weakest first. */
const HASHES = { sha256, sha384, sha512 };
type HashName = keyof typeof HASHES;

/** True when a body has one of the strongest hashes in `integrity`, or when that names none. */
export async function isIntact(body: Blob | ReadableStream<Uint8Array>, integrity: string): Promise<boolean> {
  const { name, digests } = strongest(integrity);
  if (!name) return true;
  const stream = body instanceof Blob ? (body.stream() as ReadableStream<Uint8Array>) : body;
  return digests.includes(await digest(name, stream));
}

/** The digests of the strongest algorithm that is named; what is no hash is passed over, as the standard says. */
export function strongest(integrity: string): { name: HashName | undefined; digests: string[] } {
  const named = [...integrity.matchAll(/(?:^|\s)(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+=*)(?:\?\S*)?(?=\s|$)/g)];
  const name = (Object.keys(HASHES) as HashName[]).findLast((known) => named.some(([, used]) => used === known));
  return { name, digests: named.filter(([, used]) => used === name).map(([, , value = '']) => toStandard(value)) };
}

async function digest(name: HashName, stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = HASHES[name].create();
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) hash.update(part.value);
  return btoa(String.fromCharCode(...hash.digest()));
}

/** `base64url` is allowed beside `base64`. */
function toStandard(value: string): string {
  return value.replaceAll('-', '+').replaceAll('_', '/');
}
