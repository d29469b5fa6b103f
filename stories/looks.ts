/** Every way one download can look: the stories of each element are made of these. */
import type { FetchRecord, FetchStatus } from '../src/manager/record.js';
import type { FileProgress } from '../src/standard/extras.js';
import { createRecord, steadyCourse, type RecordParts } from '../src/testing/index.js';
import { follow } from '../src/view/course.js';
import { picture } from './picture.js';

const TOTAL = 412_000_000;

/** A record that has been watched at a steady speed, in bytes per second. */
export function moving(rate: number, parts: RecordParts = {}): FetchRecord {
  const course = steadyCourse(createRecord(parts), rate);
  course.forEach((record, index) => follow(course[index - 1], record));
  return course.at(-1)!;
}

/** One file of a download. */
export function file(
  name: string,
  downloaded: number,
  downloadTotal: number,
  state: FileProgress['state'],
  status = 200,
): FileProgress {
  return { url: `https://example.com/${name}`, downloaded, downloadTotal, state, status };
}

const episode: RecordParts = {
  title: 'Episode 5: Interesting things.',
  icons: [picture('5', '#1565c0', '#00a3a3')],
  downloadTotal: TOTAL,
};
const at = (parts: RecordParts) => () => createRecord({ ...episode, ...parts });
const in42Seconds = () => Date.now() + 42_000;

/** By name, the twelve statuses first; a function each, since some count from the moment they are shown. */
export const LOOKS = {
  idle: () => undefined,
  starting: at({ status: 'starting' }),
  queued: at({ status: 'queued', waitingFor: 'turn' }),
  waiting: at({ status: 'waiting', waitingFor: 'network' }),
  downloading: () => moving(3_100_000, { ...episode, downloaded: 0.42 * TOTAL }),
  stalled: () => createRecord({ ...episode, status: 'stalled', engine: 'native', changedAt: Date.now() - 40_000 }),
  paused: at({ status: 'paused' }),
  saving: at({ status: 'saving' }),
  done: at({ status: 'done' }),
  failed: at({ status: 'failed' }),
  aborted: at({ status: 'aborted' }),
  evicted: at({ status: 'evicted' }),

  queuedForAClick: at({ status: 'queued', waitingFor: 'click' }),
  waitingForWifi: at({ status: 'waiting', waitingFor: 'wifi' }),
  tryingAgain: () => createRecord({ ...episode, status: 'waiting', waitingFor: 'retry', waitingUntil: in42Seconds() }),
  connectionLost: () =>
    createRecord({
      ...episode,
      status: 'waiting',
      waitingFor: 'network',
      waitingUntil: in42Seconds(),
      downloaded: 0.42 * TOTAL,
    }),
  theServerAskedToWait: () =>
    createRecord({
      ...episode,
      status: 'waiting',
      waitingFor: 'retry',
      waitingUntil: in42Seconds(),
      files: [file('ep-5.mp3', 0, 0, 'waiting', 503)],
    }),
  byTheBrowser: () => moving(3_100_000, { ...episode, engine: 'native', downloaded: 0.42 * TOTAL }),
  unknownTotal: () => moving(8_700_000, { ...episode, downloaded: 212_000_000, downloadTotal: 0 }),
  sending: () => moving(800_000, { ...episode, uploaded: 12_000_000, uploadTotal: 30_000_000, downloaded: 0, downloadTotal: 0 }),
  severalFiles: () =>
    moving(3_100_000, {
      ...episode,
      downloaded: 0.42 * TOTAL,
      files: [
        file('ep-5.mp3', 172_500_000, 409_500_000, 'downloading'),
        file('ep-5-artwork.jpg', 500_000, 500_000, 'done'),
        file('notes.pdf', 0, 2_000_000, 'waiting'),
      ],
    }),
  oneFileFailed: at({
    status: 'failed',
    failureReason: 'bad-status',
    files: [
      file('1.mp3', 5_000_000, 5_000_000, 'done'),
      file('2.mp3', 0, 0, 'failed', 404),
      file('3.mp3', 5_000_000, 5_000_000, 'done'),
    ],
  }),
  notFound: at({ status: 'failed', failureReason: 'bad-status', files: [file('ep-5.mp3', 0, 0, 'failed', 404)] }),
  notAllowed: at({ status: 'failed', failureReason: 'bad-status', files: [file('ep-5.mp3', 0, 0, 'failed', 403)] }),
  notEnoughSpace: at({ status: 'failed', failureReason: 'quota-exceeded' }),
  removed: () => createRecord({ ...episode, status: 'done', discardedAt: Date.now() }),
  longTitle: at({ status: 'paused', title: 'A title that does not end, '.repeat(20) }),
  oneLongWord: at({ status: 'paused', title: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4) }),
  emptyTitle: at({ status: 'paused', title: '', icons: [] }),
  /** Titles and pictures of strangers are text and pictures, nothing else. */
  stranger: at({
    status: 'paused',
    title: '\u202E<img src=x onerror=alert(1)> the wrong way round',
    icons: [{ src: 'javascript:alert(1)' }],
  }),
} satisfies Readonly<Record<FetchStatus, () => FetchRecord | undefined>> &
  Readonly<Record<string, () => FetchRecord | undefined>>;

/** The name of one of them. */
export type Look = keyof typeof LOOKS;
