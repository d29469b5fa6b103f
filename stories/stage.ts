/** A stage for canned records: a provider whose client is a puppet. */
import { html, type TemplateResult } from 'lit';
import type { FetchRecord } from '../src/manager/record.js';
import { createRecord, PuppetClient, steadyCourse, type RecordParts } from '../src/testing/index.js';
import { follow } from '../src/view/course.js';
import '../src/define.js';

/** The content under a provider that knows these records. */
export function staged(
  content: TemplateResult,
  records: readonly FetchRecord[] = [],
  parts: Partial<PuppetClient> = {},
): TemplateResult {
  const client = Object.assign(new PuppetClient(records), parts);
  return html`<bg-fetch-provider .client=${client}>${content}</bg-fetch-provider>`;
}

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
  state: 'waiting' | 'downloading' | 'done' | 'failed',
  status = 200,
) {
  return { url: `https://example.com/${name}`, downloaded, downloadTotal, state, status };
}

/** A square picture with a letter, as a `data:` address. */
export function picture(letter: string, from: string, to: string) {
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><linearGradient id="g" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient><rect width="96" height="96" fill="url(#g)"/><text x="48" y="61" font-family="sans-serif" font-weight="700" font-size="38" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return { src: `data:image/svg+xml,${encodeURIComponent(markup)}`, sizes: '96x96', type: 'image/svg+xml' };
}

const now = () => Date.now();
const DAY = 86_400_000;

/** A handful of downloads as a person may have them. */
export function aHandful(): FetchRecord[] {
  return [
    moving(3_100_000, {
      id: 'ep-5',
      downloaded: 38_400_000,
      downloadTotal: 60_000_000,
      icons: [picture('5', '#1565c0', '#00a3a3')],
      files: [file('ep-5.mp3', 37_900_000, 59_500_000, 'downloading'), file('ep-5-artwork.jpg', 500_000, 500_000, 'done')],
      startedAt: now() - 6000,
    }),
    moving(8_700_000, {
      id: 'alps',
      title: 'Map of the Alps, with contour lines and huts',
      engine: 'native',
      downloaded: 212_000_000,
      downloadTotal: 0,
      startedAt: now() - 5000,
    }),
    createRecord({
      id: 'course',
      title: 'Course: Signals and systems, week 3',
      status: 'paused',
      downloaded: 480_000_000,
      downloadTotal: 1_548_000_000,
      startedAt: now() - 4000,
    }),
    createRecord({
      id: 'game',
      title: 'Game pack 2',
      status: 'waiting',
      waitingFor: 'retry',
      waitingUntil: now() + 42_000,
      files: [file('game.pak', 7_000_000, 60_000_000, 'waiting', 503)],
      startedAt: now() - 3000,
    }),
    createRecord({
      id: 'ep-4',
      title: 'Episode 4: Less interesting things.',
      status: 'done',
      downloadTotal: 58_000_000,
      icons: [picture('4', '#1565c0', '#00a3a3')],
      changedAt: now() - DAY,
      startedAt: now() - DAY,
    }),
    createRecord({
      id: 'film',
      title: 'Film, director’s cut',
      status: 'failed',
      failureReason: 'quota-exceeded',
      downloaded: 700_000_000,
      downloadTotal: 10_000_000_000,
      startedAt: now() - 2000,
    }),
  ];
}
