/** The artwork: a coloured square with a figure on it, as JPEG and PNG. */
import jpeg from 'jpeg-js';
import { deflateSync } from 'node:zlib';

type Point = readonly [x: number, y: number];
type Colour = readonly [red: number, green: number, blue: number];

/** Lines through points in the unit square, and two corners' colours. */
export interface Motif {
  readonly lines: readonly (readonly Point[])[];
  readonly from: Colour;
  readonly to: Colour;
}

/** The five of episode 5. */
export const FIVE: Motif = {
  from: [26, 95, 208],
  to: [10, 158, 160],
  lines: [[[0.62, 0.28], [0.42, 0.28], [0.39, 0.47], ...arc(0.49, 0.585, 0.135, -2.3, 2.4)]],
};

/** Slanting rain. */
export const RAIN: Motif = {
  from: [63, 74, 96],
  to: [104, 137, 171],
  lines: [0.3, 0.45, 0.6, 0.75].flatMap((x, column) => [
    [
      [x, 0.25 + 0.06 * (column % 2)],
      [x - 0.05, 0.42 + 0.06 * (column % 2)],
    ],
    [
      [x - 0.08, 0.53 + 0.06 * (column % 2)],
      [x - 0.13, 0.7 + 0.06 * (column % 2)],
    ],
  ]),
};

/** A square JPEG. */
export function toJpeg(motif: Motif, size: number): Buffer {
  return jpeg.encode({ data: draw(motif, size), width: size, height: size }, 88).data;
}

/** A square PNG. */
export function toPng(motif: Motif, size: number): Buffer {
  const pixels = draw(motif, size);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) pixels.copy(rows, y * (size * 4 + 1) + 1, y * size * 4, (y + 1) * size * 4);
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** PNG's checksum; Node's own came only with 20.15. */
function crc32(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** RGBA, row by row. */
function draw({ lines, from, to }: Motif, size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const point: Point = [(x + 0.5) / size, (y + 0.5) / size];
      const along = (point[0] + point[1]) / 2;
      const ink = Math.max(0, Math.min(1, (0.032 - distance(point, lines)) * size + 0.5));
      const at = (y * size + x) * 4;
      for (let i = 0; i < 3; i++) {
        const ground = (from[i] ?? 0) * (1 - along) + (to[i] ?? 0) * along;
        pixels[at + i] = Math.round(ground * (1 - ink) + 255 * ink);
      }
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

function distance(point: Point, lines: Motif['lines']): number {
  let nearest = Infinity;
  for (const line of lines) {
    let start = line[0];
    for (const end of line) {
      if (start) nearest = Math.min(nearest, toSegment(point, start, end));
      start = end;
    }
  }
  return nearest;
}

function toSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = bx - ax;
  const dy = by - ay;
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

function arc(x: number, y: number, radius: number, from: number, to: number): Point[] {
  return Array.from({ length: 17 }, (_, i) => {
    const angle = from + ((to - from) * i) / 16;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}
