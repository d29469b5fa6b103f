/** What the sample site offers for download, made on the first start. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMp3Encoder } from 'wasm-media-encoders';
import type { Representation } from '../test/server/representation.js';
import { composeEpisode, SAMPLE_RATE } from './music.js';
import { FIVE, RAIN, toJpeg, toPng } from './picture.js';
import { RAIN_SIZE, readRain } from './rain.js';

/** A file and how fast it is sent, in bytes a second. */
export interface Medium extends Representation {
  readonly rate?: number;
}

const MADE = new Date('2026-01-01T00:00:00Z');

/** By path. What was made before lies in `folder`. */
export async function makeMedia(folder: string): Promise<ReadonlyMap<string, Medium>> {
  await mkdir(folder, { recursive: true });
  const kept = async (name: string, make: () => Buffer | Promise<Buffer>): Promise<Buffer> => {
    const path = join(folder, name);
    return readFile(path).catch(async () => {
      const made = await make();
      await writeFile(path, made);
      return made;
    });
  };
  const episode = await kept('ep-5.mp3', encodeEpisode);
  return new Map<string, Medium>([
    ['/ep-5.mp3', { ...toMedium(episode, 'audio/mpeg'), rate: episode.length / 15 }],
    ['/ep-5-artwork.jpg', toMedium(await kept('ep-5-artwork.jpg', () => toJpeg(FIVE, 640)), 'image/jpeg')],
    ['/ep-5-icon.png', toMedium(await kept('ep-5-icon.png', () => toPng(FIVE, 192)), 'image/png')],
    ['/rain-icon.png', toMedium(await kept('rain-icon.png', () => toPng(RAIN, 192)), 'image/png')],
    ['/rain.wav', { size: RAIN_SIZE, type: 'audio/wav', etag: '"rain-1"', modified: MADE, rate: RAIN_SIZE / 60, read: readRain }],
  ]);
}

function toMedium(bytes: Buffer, type: string): Medium {
  return {
    size: bytes.length,
    type,
    etag: `"${bytes.length}"`,
    modified: MADE,
    read: (start, end) => bytes.subarray(start, end),
  };
}

async function encodeEpisode(): Promise<Buffer> {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate: SAMPLE_RATE, channels: 2, bitrate: 128 });
  const pieces: Buffer[] = [];
  const [left, right] = composeEpisode();
  for (let at = 0; at < left.length; at += SAMPLE_RATE) {
    // The encoder's buffer is used again for the next piece.
    pieces.push(Buffer.from(encoder.encode([left.subarray(at, at + SAMPLE_RATE), right.subarray(at, at + SAMPLE_RATE)])));
  }
  pieces.push(Buffer.from(encoder.finalize()));
  return Buffer.concat(pieces);
}
