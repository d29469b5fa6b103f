/** Runs in a page: draws the recipes' film, plays its bells, and encodes both. */

/**
 * @typedef {{ track: 1 | 2, key: boolean, at: number, bytes: number[] }} Encoded `at` in milliseconds
 * @typedef {{ width: number, height: number, seconds: number, rate: number, sampleRate: number, notes: number[] }} Plan
 */

/**
 * @param {Plan} plan
 * @returns {Promise<{ opusHead: number[], blocks: Encoded[] }>}
 */
export async function drawFilm({ width, height, seconds, rate, sampleRate, notes }) {
  /** @type {Encoded[]} */
  const blocks = [];
  /** @type {number[]} */
  let opusHead = [];
  const fail = (/** @type {Error} */ error) => {
    throw error;
  };
  const keep = (/** @type {1 | 2} */ track, /** @type {EncodedVideoChunk | EncodedAudioChunk} */ chunk) => {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    blocks.push({ track, key: chunk.type === 'key', at: Math.round(chunk.timestamp / 1000), bytes: [...bytes] });
  };

  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('There is no canvas to draw on.');
  const pictures = new VideoEncoder({ output: (chunk) => keep(1, chunk), error: fail });
  pictures.configure({ codec: 'vp09.00.10.08', width, height, framerate: rate, bitrate: 45_000, latencyMode: 'quality' });
  for (let index = 0; index < seconds * rate; index++) {
    draw(pen, index / rate);
    const frame = new VideoFrame(canvas, { timestamp: Math.round((index * 1e6) / rate), duration: Math.round(1e6 / rate) });
    pictures.encode(frame, { keyFrame: index % (3 * rate) === 0 });
    frame.close();
    if (pictures.encodeQueueSize > rate)
      await new Promise((resolve) => pictures.addEventListener('dequeue', resolve, { once: true }));
  }
  await pictures.flush();

  const sound = new AudioEncoder({
    output: (chunk, info) => {
      const head = info?.decoderConfig?.description;
      if (head instanceof ArrayBuffer) opusHead = [...new Uint8Array(head)];
      keep(2, chunk);
    },
    error: fail,
  });
  sound.configure({ codec: 'opus', sampleRate, numberOfChannels: 1, bitrate: 24_000 });
  for (let second = 0; second < seconds; second++) {
    const data = Float32Array.from({ length: sampleRate }, (_, index) => bells(second + index / sampleRate));
    const common = /** @type {const} */ ({ format: 'f32', numberOfChannels: 1 });
    sound.encode(new AudioData({ ...common, sampleRate, numberOfFrames: sampleRate, timestamp: second * 1e6, data }));
  }
  await sound.flush();
  return { opusHead, blocks: blocks.sort((a, b) => a.at - b.at || a.track - b.track) };

  /** Two bells a second, each rings on. */
  function bells(/** @type {number} */ time) {
    const scale = [0, 2, 4, 7, 9, 12, 14, 16];
    let sum = 0;
    for (let bell = Math.floor(time * 2), last = bell - 5; bell > last && bell >= 0; bell--) {
      const pitch = 261.63 * 2 ** ((scale[(notes[bell] ?? 0) % scale.length] ?? 0) / 12);
      const since = time - bell / 2;
      sum +=
        0.22 *
        Math.exp(-2.5 * since) *
        (Math.sin(2 * Math.PI * pitch * since) + 0.3 * Math.sin(2 * Math.PI * pitch * 2.76 * since));
    }
    return sum;
  }

  /** A chapter is a third of the film, and has a sky of its own. */
  function draw(/** @type {OffscreenCanvasRenderingContext2D} */ to, /** @type {number} */ time) {
    const chapter = Math.min(2, Math.floor((3 * time) / seconds));
    to.fillStyle = ['#f2c14e', '#37306b', '#4aa3c7'][chapter] ?? '';
    to.fillRect(0, 0, width, height);
    to.fillStyle = ['#fff3c4', '#f4f1de', '#ffffff'][chapter] ?? '';
    disc(to, width * (0.15 + (0.7 * (time % (seconds / 3))) / (seconds / 3)), height * 0.25, height * 0.09);
    hills(to, ['#8a9a5b', '#2a2550', '#3f7d58'][chapter] ?? '', 0.58, 0.1, time * 2);
    hills(to, ['#5b7042', '#1b1838', '#2f6f4f'][chapter] ?? '', 0.74, 0.07, time * 6);
    if (chapter === 1) swing(to, time);
    if (chapter === 2) hills(to, '#1565c0', 0.86, 0.015, time * 60);
  }

  function hills(
    /** @type {OffscreenCanvasRenderingContext2D} */ to,
    /** @type {string} */ colour,
    /** @type {number} */ level,
    /** @type {number} */ swell,
    /** @type {number} */ moved,
  ) {
    to.fillStyle = colour;
    to.beginPath();
    to.moveTo(0, height);
    for (let x = 0; x <= width; x += 4) {
      const along = (x + moved) / width;
      to.lineTo(x, height * (level + swell * (Math.sin(along * 7) + 0.5 * Math.sin(along * 17))));
    }
    to.lineTo(width, height);
    to.fill();
  }

  function swing(/** @type {OffscreenCanvasRenderingContext2D} */ to, /** @type {number} */ time) {
    to.save();
    to.translate(width / 2, height * 0.18);
    to.rotate(0.5 * Math.sin(time * Math.PI));
    to.fillStyle = '#e0a526';
    to.beginPath();
    to.moveTo(-height * 0.05, 0);
    to.quadraticCurveTo(-height * 0.1, height * 0.3, -height * 0.2, height * 0.36);
    to.lineTo(height * 0.2, height * 0.36);
    to.quadraticCurveTo(height * 0.1, height * 0.3, height * 0.05, 0);
    to.fill();
    disc(to, 0, height * 0.4, height * 0.045);
    to.restore();
  }

  function disc(
    /** @type {OffscreenCanvasRenderingContext2D} */ to,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {number} */ radius,
  ) {
    to.beginPath();
    to.arc(x, y, radius, 0, 2 * Math.PI);
    to.fill();
  }
}
