/** Bytes anybody can make again: by seed and offset, in Node and in a page, past 4 GiB too. Those of a seed `words…` can be packed. */

/** The bytes `[start, end)` of the endless file of this seed. */
export function bytesOf(seed: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const base = hashOf(seed);
  const firstWord = Math.floor(start / 4);
  const words = new Uint32Array(Math.ceil(end / 4) - firstWord);
  for (let i = 0; i < words.length; i++) words[i] = wordAt(base, firstWord + i);
  if (seed.startsWith('words')) for (let i = 0; i < words.length; i++) words[i] = (words[i]! & 0x03030303) | 0x61616161;
  const skip = start - firstWord * 4;
  return new Uint8Array(words.buffer, skip, end - start);
}

/** True when `bytes` stand at `offset` of that file. */
export function areBytesOf(seed: string, offset: number, bytes: Uint8Array): boolean {
  const expected = bytesOf(seed, offset, offset + bytes.length);
  for (let i = 0; i < expected.length; i++) if (expected[i] !== bytes[i]) return false;
  return true;
}

function wordAt(base: number, index: number): number {
  return mix((index >>> 0) ^ mix(base ^ Math.floor(index / 2 ** 32)));
}

/** FNV-1a over the UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The finalizer of MurmurHash3: every bit of the input moves about half of the output's. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
