/** What the README shows; `tools/pictures.js` takes it. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { createRecord, type RecordParts } from '../src/testing/index.js';
import { file, moving } from './looks.js';
import { aHandful, staged } from './stage.js';

export default { title: 'Pictures', tags: ['!autodocs', '!dev'] } satisfies Meta;

const TOTAL = 412_000_000;

const STATES: readonly RecordParts[] = [
  { id: 'moving' },
  { id: 'paused', status: 'paused' },
  { id: 'offline', status: 'waiting', waitingFor: 'network' },
  { id: 'done', status: 'done' },
  { id: 'gone', status: 'failed', failureReason: 'bad-status', files: [file('ep-5.mp3', 0, 0, 'failed', 404)] },
];

/** One button, from before the click to after the end. */
export const Buttons: StoryObj = {
  render: () =>
    staged(
      html`<div style="display: flex; flex-wrap: wrap; gap: 0.9em; align-items: center">
        ${['idle', ...STATES.map(({ id }) => id)].map(
          (id) =>
            html`<bg-fetch-button
              fetch-id=${id}
              src="/ep-5.mp3"
              download-title="Episode 5"
              download-total=${TOTAL}
            ></bg-fetch-button>`,
        )}
      </div>`,
      STATES.map((parts) =>
        parts.id === 'moving'
          ? moving(3_100_000, { ...parts, title: 'Episode 5', downloaded: 0.42 * TOTAL, downloadTotal: TOTAL })
          : createRecord({ title: 'Episode 5', downloadTotal: TOTAL, ...parts }),
      ),
    ),
};

/** The list of a person who takes things along. */
export const List: StoryObj = {
  render: () =>
    staged(html`<div style="max-inline-size: 40rem"><bg-fetch-list></bg-fetch-list></div>`, aHandful(), {
      space: { usage: 1_900_000_000, quota: 10_000_000_000, persisted: false },
    }),
};
