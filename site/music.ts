/** Episode 5: slow chords and a few bells, the same samples every time. */

export const SAMPLE_RATE = 44100;
/** Seconds. */
export const DURATION = 186;

const BEAT = 1.5;
const BAR = 4 * BEAT;
/** Cmaj9, Am9, Fmaj9, Gsus: semitones from C3. */
const CHORDS = [
  [0, 7, 16, 23, 26],
  [-3, 4, 12, 19, 23],
  [-7, 5, 9, 16, 19],
  [-5, 2, 14, 17, 21],
] as const;
const PENTATONIC = [24, 26, 28, 31, 33, 36] as const;

/** Left and right, in [-1, 1]. */
export function composeEpisode(): [Float32Array, Float32Array] {
  const length = Math.round(DURATION * SAMPLE_RATE);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  const pads = CHORDS.map(toPad);
  const bars = Math.floor((DURATION - 6) / BAR);
  for (let bar = 0; bar < bars; bar++) {
    const [padLeft, padRight] = pads[bar % pads.length] ?? [];
    if (padLeft && padRight) {
      mix(left, padLeft, bar * BAR);
      mix(right, padRight, bar * BAR);
    }
    for (const [beat, semitone] of bellsOf(bar)) addBell(left, right, bar * BAR + beat * BEAT, pitch(semitone), bar % 2);
  }
  addEcho(left, right, 0.9 * BEAT, 0.35);
  fade(left);
  fade(right);
  return [left, right];
}

/** A few bells a bar, by a fixed rule that does not repeat for minutes. */
function bellsOf(bar: number): [beat: number, semitone: number][] {
  if (bar < 2) return [];
  return [0, 1, 2, 3, 3.5]
    .map((beat, index): [number, number, number] => [beat, bar * 7 + index * 5, (bar * 13 + index * 29) % 11])
    .filter(([, , chance]) => chance < 4)
    .map(([beat, step]) => [beat, PENTATONIC[step % PENTATONIC.length] ?? 24]);
}

function pitch(semitone: number): number {
  return 130.8128 * 2 ** (semitone / 12);
}

/** One chord that swells and goes, a little longer than its bar. */
function toPad(chord: readonly number[]): [Float32Array, Float32Array] {
  const length = Math.round((BAR + 2.5) * SAMPLE_RATE);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  chord.forEach((semitone, voice) => {
    const place = 0.2 + (0.6 * voice) / (chord.length - 1);
    // Two voices a few cents apart, one at each side, beat slowly against each other.
    for (const [detune, pan] of [
      [-0.03, place],
      [0.03, 1 - place],
    ] as const) {
      const step = (2 * Math.PI * pitch(semitone + detune)) / SAMPLE_RATE;
      for (let i = 0; i < length; i++) {
        const phase = step * i;
        const sample =
          0.035 *
          Math.sin((Math.PI * i) / length) ** 2 *
          (Math.sin(phase) + 0.3 * Math.sin(2 * phase) + 0.12 * Math.sin(3 * phase));
        left[i] = (left[i] ?? 0) + sample * (1 - pan);
        right[i] = (right[i] ?? 0) + sample * pan;
      }
    }
  });
  return [left, right];
}

function mix(target: Float32Array, source: Float32Array, at: number): void {
  const start = Math.round(at * SAMPLE_RATE);
  const length = Math.min(source.length, target.length - start);
  for (let i = 0; i < length; i++) target[start + i] = (target[start + i] ?? 0) + (source[i] ?? 0);
}

function addBell(left: Float32Array, right: Float32Array, at: number, frequency: number, side: number): void {
  const start = Math.round(at * SAMPLE_RATE);
  const length = Math.min(4 * SAMPLE_RATE, left.length - start);
  const step = (2 * Math.PI * frequency) / SAMPLE_RATE;
  const pan = 0.3 + 0.4 * side;
  for (let i = 0; i < length; i++) {
    const seconds = i / SAMPLE_RATE;
    const attack = Math.min(1, seconds * 200);
    const tone = Math.exp(-1.6 * seconds) * Math.sin(step * i) + 0.3 * Math.exp(-4 * seconds) * Math.sin(2.76 * step * i);
    const sample = 0.09 * attack * tone;
    left[start + i] = (left[start + i] ?? 0) + sample * (1 - pan);
    right[start + i] = (right[start + i] ?? 0) + sample * pan;
  }
}

/** Each side answers the other. */
function addEcho(left: Float32Array, right: Float32Array, delay: number, gain: number): void {
  const back = Math.round(delay * SAMPLE_RATE);
  for (let i = back; i < left.length; i++) {
    const fromRight = gain * (right[i - back] ?? 0);
    const fromLeft = gain * (left[i - back] ?? 0);
    left[i] = (left[i] ?? 0) + fromRight;
    right[i] = (right[i] ?? 0) + fromLeft;
  }
}

function fade(samples: Float32Array): void {
  const length = 4 * SAMPLE_RATE;
  for (let i = 0; i < length; i++) {
    const end = samples.length - 1 - i;
    samples[end] = (samples[end] ?? 0) * (i / length);
  }
}
