/** What the gallery has for download: files that are computed, so that the same bytes come from a disk, a server or a worker. */
import { bytesOf } from '../../test/server/content.js';
import type { Representation } from '../../test/server/representation.js';

/** Samples a second, one byte each. */
const RATE = 16_000;
const HEADER = 44;
const BEAT = RATE / 4;
/** C major without its fourth and seventh: whatever follows whatever, it sounds. */
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16];

/** By name. */
export const MEDIA: ReadonlyMap<string, Representation> = new Map([
  ['sample.bin', noise('sample', 6_000_000)],
  ...[3, 4, 5].map((each) => [`episode-${each}.wav`, melody(`episode ${each}`, 90)] as const),
  ...[1, 2, 3, 4].map((each) => [`lesson-${each}.wav`, melody(`lesson ${each}`, 45)] as const),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((each) => [`sheet-${each}.bin`, noise(`sheet ${each}`, 200_000 + 40_000 * each)] as const),
]);

function noise(name: string, size: number): Representation {
  return represent('application/octet-stream', size, (start, end) => bytesOf(name, start, end));
}

/** A tune on bells as a WAV file. */
function melody(name: string, seconds: number): Representation {
  const length = seconds * RATE;
  const header = wavHeader(length);
  const notes = bytesOf(name, 0, length / BEAT);
  const byteAt = (index: number) => (index < HEADER ? header[index]! : 128 + Math.round(110 * sampleAt(notes, index - HEADER)));
  return represent('audio/wav', HEADER + length, (start, end) =>
    Uint8Array.from({ length: end - start }, (_, index) => byteAt(start + index)),
  );
}

/** The last four bells still ring. */
function sampleAt(notes: Uint8Array, index: number): number {
  const beat = Math.floor(index / BEAT);
  let sum = 0;
  for (let from = Math.max(0, beat - 3); from <= beat; from++) {
    const note = SCALE[notes[from]! % SCALE.length]!;
    const seconds = (index - from * BEAT) / RATE;
    sum += 0.35 * Math.exp(-5 * seconds) * Math.sin(2 * Math.PI * 261.63 * 2 ** (note / 12) * seconds);
  }
  return Math.max(-1, Math.min(1, sum));
}

function wavHeader(length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER));
  const write = (at: number, text: string) => {
    for (let index = 0; index < text.length; index++) view.setUint8(at + index, text.charCodeAt(index));
  };
  write(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + length, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, 'data');
  view.setUint32(40, length, true);
  return new Uint8Array(view.buffer);
}

function represent(type: string, size: number, read: Representation['read']): Representation {
  return { type, size, etag: `"${size}"`, read };
}
