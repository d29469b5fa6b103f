/** A stage for canned records: a provider whose client is a puppet. */
import type { StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { FetchRecord } from '../src/manager/record.js';
import { createRecord, PuppetClient } from '../src/testing/index.js';
import { file, LOOKS, moving, type Look } from './looks.js';
import { picture } from './picture.js';
import '../src/define.js';

/** What every story of one download can be set to. */
export interface Looking {
  readonly look: Look;
}

/** The switch for it. */
export const lookControl = {
  look: { description: 'How the download looks.', control: 'select', options: Object.keys(LOOKS) },
} as const;

/** A story of one look, and whatever else its element is given. */
export function at<Args extends object = object>(look: Look, others?: Partial<Args>): StoryObj<Looking & Args> {
  return { args: { look, ...others } as Partial<Looking & Args> };
}

/** Nearly nothing left, so that a download for which there is no space says how much is missing. */
const TIGHT = { usage: 9_000_000_000, quota: 9_200_000_000, persisted: false };

/** The content under a provider that knows the download of this look, or these records. */
export function staged(
  content: TemplateResult,
  shown: Look | readonly FetchRecord[] = [],
  parts: Partial<PuppetClient> = {},
): TemplateResult {
  const records = typeof shown === 'string' ? [LOOKS[shown]() ?? []].flat() : shown;
  const client = Object.assign(new PuppetClient(records), { space: TIGHT }, parts);
  return html`<bg-fetch-provider .client=${client}>${content}</bg-fetch-provider>`;
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
