/** A row in every state. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FetchRecord } from '../src/manager/record.js';
import { createRecord } from '../src/testing/index.js';
import { file, moving, picture, staged } from './stage.js';

export default { title: 'Elements/Item', component: 'bg-fetch-item' } satisfies Meta;

type Story = StoryObj;

function showing(record: () => FetchRecord): Story {
  return {
    render: () => {
      const shown = record();
      return staged(html`<bg-fetch-item fetch-id=${shown.id}></bg-fetch-item>`, [shown], {
        space: { usage: 9_000_000_000, quota: 9_020_000_000, persisted: false },
      });
    },
  };
}

const of = (parts: Parameters<typeof createRecord>[0]) =>
  showing(() => createRecord({ icons: [picture('5', '#1565c0', '#00a3a3')], ...parts }));

export const Starting = of({ status: 'starting' });
export const Queued = of({ status: 'queued', waitingFor: 'turn' });
export const Downloading = showing(() => moving(3_100_000, { icons: [picture('5', '#1565c0', '#00a3a3')] }));
export const DownloadingByTheBrowser = showing(() => moving(3_100_000, { engine: 'native' }));
export const UnknownTotal = showing(() => moving(8_700_000, { downloaded: 212_000_000, downloadTotal: 0 }));
export const Sending = showing(() =>
  moving(800_000, { uploaded: 12_000_000, uploadTotal: 30_000_000, downloaded: 0, downloadTotal: 0 }),
);
export const Paused = of({ status: 'paused' });
export const WaitingForTheNetwork = of({ status: 'waiting', waitingFor: 'network' });
export const TheServerAskedToWait = showing(() =>
  createRecord({
    status: 'waiting',
    waitingFor: 'retry',
    waitingUntil: Date.now() + 42_000,
    files: [file('ep-5.mp3', 0, 0, 'waiting', 503)],
  }),
);
export const Stalled = showing(() => createRecord({ status: 'stalled', engine: 'native', changedAt: Date.now() - 40_000 }));
export const Saving = of({ status: 'saving' });
export const Done = of({ status: 'done' });
export const Failed = of({ status: 'failed', failureReason: 'bad-status', files: [file('ep-5.mp3', 0, 0, 'failed', 403)] });
export const NotEnoughSpace = of({ status: 'failed', failureReason: 'quota-exceeded' });
export const Aborted = of({ status: 'aborted' });
export const Evicted = of({ status: 'evicted' });
export const Removed = showing(() => createRecord({ status: 'done', discardedAt: Date.now() }));

export const SeveralFiles = showing(() =>
  moving(3_100_000, {
    files: [
      file('ep-5.mp3', 37_900_000, 59_500_000, 'downloading'),
      file('ep-5-artwork.jpg', 500_000, 500_000, 'done'),
      file('notes.pdf', 0, 2_000_000, 'waiting'),
    ],
  }),
);

/** One of three files was not found; the others are kept. */
export const OneFileFailed = showing(() =>
  createRecord({
    status: 'failed',
    failureReason: 'bad-status',
    files: [
      file('1.mp3', 5_000_000, 5_000_000, 'done'),
      file('2.mp3', 0, 0, 'failed', 404),
      file('3.mp3', 5_000_000, 5_000_000, 'done'),
    ],
  }),
);

/** Titles and pictures of strangers are text and pictures, nothing else. */
export const Stranger = of({
  status: 'paused',
  title: `\u202E<img src=x onerror=alert(1)> ${'A title that does not end, '.repeat(20)}`,
  icons: [{ src: 'javascript:alert(1)' }],
});
