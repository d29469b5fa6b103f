/** Half an hour of rain as a WAV file of 300 MB that exists only while somebody reads it. */

const RATE = 44100;
const FRAME = 4;
const HEADER = 44;
const LOOP = 16 * RATE;

/** Size of the file in bytes. */
export const RAIN_SIZE = 300_000_000;

/** The bytes `[start, end)`: always the same, so a download can go on where it stopped. */
export function readRain(start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(end - start);
  for (let at = start; at < end;) {
    const source = at < HEADER ? header() : loop();
    const from = at < HEADER ? at : (at - HEADER) % source.length;
    const piece = source.subarray(from, Math.min(source.length, from + end - at));
    bytes.set(piece, at - start);
    at += piece.length;
  }
  return bytes;
}

function header(): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER));
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, RAIN_SIZE - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * FRAME, true);
  view.setUint16(32, FRAME, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, RAIN_SIZE - HEADER, true);
  return new Uint8Array(view.buffer);
}

let made: Uint8Array | undefined;

/** Sixteen seconds that join at their ends: a soft hiss, and drops on the roof. */
function loop(): Uint8Array {
  if (made) return made;
  const samples = new Int16Array(LOOP * 2);
  for (const side of [0, 1]) {
    const channel = hiss(side);
    addDrops(channel, side);
    channel.forEach((sample, i) => {
      samples[i * 2 + side] = Math.max(-1, Math.min(1, sample)) * 32767;
    });
  }
  return (made = new Uint8Array(samples.buffer));
}

/** Noise through a low-pass, run once around the loop first so that its end meets its start. */
function hiss(side: number): Float32Array {
  const noise = random(17 + side);
  const white = Float32Array.from({ length: LOOP }, () => noise() - 0.5);
  const channel = new Float32Array(LOOP);
  let low = 0;
  for (let i = -RATE; i < LOOP; i++) {
    low += 0.18 * ((white[(i + LOOP) % LOOP] ?? 0) - low);
    const swell = 1 + 0.15 * Math.sin((2 * Math.PI * 3 * i) / LOOP);
    if (i >= 0) channel[i] = 0.5 * swell * low;
  }
  return channel;
}

function addDrops(channel: Float32Array, side: number): void {
  const chance = random(101 + side);
  for (let drop = 0; drop < 900; drop++) {
    const start = Math.floor(chance() * LOOP);
    const step = (2 * Math.PI * (900 + 2600 * chance())) / RATE;
    const loud = 0.12 * chance() ** 2;
    for (let i = 0; i < 1200; i++) {
      const at = (start + i) % LOOP;
      channel[at] = (channel[at] ?? 0) + loud * Math.exp(-i / 180) * Math.sin(step * i);
    }
  }
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
