/** Puts encoded pictures and sound into a WebM file that can be sought in: its length and an index stand before them. */
import { Buffer } from 'node:buffer';

/**
 * @typedef {{ track: 1 | 2, key: boolean, at: number, bytes: Buffer }} Block `at` in milliseconds
 * @typedef {{ width: number, height: number, sampleRate: number, duration: number, opusHead: Buffer, blocks: Block[] }} Film
 */

const VIDEO = 1;
/** What an Opus decoder needs to hear before a sound is right, in nanoseconds (RFC 7845, section 4.6). */
const PRE_ROLL = 80_000_000;

/**
 * @param {Film} film its blocks in the order of time, the first of each picture group a key picture
 * @returns {Buffer}
 */
export function webm({ width, height, sampleRate, duration, opusHead, blocks }) {
  const header = element('1a45dfa3', [
    element('4286', number(1)),
    element('42f7', number(1)),
    element('42f2', number(4)),
    element('42f3', number(8)),
    element('4282', Buffer.from('webm')),
    element('4287', number(4)),
    element('4285', number(2)),
  ]);
  const info = element('1549a966', [
    element('2ad7b1', number(1_000_000)),
    element('4489', float(duration)),
    element('4d80', Buffer.from('bg-fetch-elements')),
    element('5741', Buffer.from('bg-fetch-elements')),
  ]);
  const preSkip = opusHead.readUInt16LE(10);
  const tracks = element('1654ae6b', [
    element('ae', [...track(VIDEO, 1, 'V_VP9'), element('e0', [element('b0', number(width)), element('ba', number(height))])]),
    element('ae', [
      ...track(2, 2, 'A_OPUS'),
      element('63a2', opusHead),
      element('56aa', number(Math.round((preSkip / 48_000) * 1e9))),
      element('56bb', number(PRE_ROLL)),
      element('e1', [element('b5', float(sampleRate)), element('9f', number(1))]),
    ]),
  ]);
  const clusters = clustersOf(blocks);
  const start = info.length + tracks.length + cuesOf(clusters, 0).length;
  return Buffer.concat([
    header,
    element('18538067', [info, tracks, cuesOf(clusters, start), ...clusters.map(({ bytes }) => bytes)]),
  ]);
}

/**
 * One for each key picture.
 * @param {Block[]} blocks
 */
function clustersOf(blocks) {
  /** @type {Block[][]} */
  const groups = [];
  for (const block of blocks) {
    if (block.track === VIDEO && block.key) groups.push([block]);
    else groups.at(-1)?.push(block);
  }
  return groups.map((group) => {
    const from = group[0]?.at ?? 0;
    return {
      at: from,
      bytes: element('1f43b675', [element('e7', number(from)), ...group.map((block) => simpleBlock(block, from))]),
    };
  });
}

/**
 * @param {Block} block
 * @param {number} from
 */
function simpleBlock({ track: of, key, at, bytes }, from) {
  const head = Buffer.alloc(4);
  head.writeUInt8(0x80 | of, 0);
  head.writeInt16BE(at - from, 1);
  head.writeUInt8(key ? 0x80 : 0, 3);
  return element('a3', Buffer.concat([head, bytes]));
}

/**
 * Of the same size wherever the clusters start.
 * @param {{ at: number, bytes: Buffer }[]} clusters
 * @param {number} start
 */
function cuesOf(clusters, start) {
  let position = start;
  const points = clusters.map(({ at, bytes }) => {
    const place = element('b7', [element('f7', number(VIDEO)), element('f1', number(position))]);
    position += bytes.length;
    return element('bb', [element('b3', number(at)), place]);
  });
  return element('1c53bb6b', points);
}

/**
 * @param {number} id
 * @param {number} kind
 * @param {string} codec
 */
function track(id, kind, codec) {
  return [
    element('d7', number(id)),
    element('73c5', number(id)),
    element('83', number(kind)),
    element('9c', number(0)),
    element('86', Buffer.from(codec)),
  ];
}

/**
 * @param {string} id in hexadecimal digits
 * @param {Buffer | Buffer[]} content
 */
function element(id, content) {
  const body = Array.isArray(content) ? Buffer.concat(content) : content;
  const size = Buffer.alloc(8);
  size.writeUInt32BE(body.length, 4);
  size.writeUInt8(0x01, 0);
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}

/** @param {number} value */
function number(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** @param {number} value */
function float(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}
