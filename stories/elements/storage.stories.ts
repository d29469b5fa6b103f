/** The space downloads take, with one of them in every state. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FetchRecord } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { at, lookControl, staged, type Looking } from '../stage.js';

const QUOTA = 10_000_000_000;

export default {
  title: 'Elements/Storage',
  component: 'bg-fetch-storage',
  args: { look: 'done' },
  argTypes: lookControl,
  render: ({ look }) =>
    staged(html`<bg-fetch-storage></bg-fetch-storage>`, look, { space: { usage: 413_000_000, quota: QUOTA, persisted: false } }),
} satisfies Meta<Looking>;

const stored = [
  createRecord({ id: '1', title: 'Episodes 1–5', status: 'done', downloadTotal: 1_100_000_000 }),
  createRecord({ id: '2', title: 'Map of the Alps', status: 'done', downloadTotal: 520_000_000 }),
  createRecord({ id: '3', title: 'Course, week 3', status: 'done', downloadTotal: 280_000_000 }),
];

function holding(records: readonly FetchRecord[], usage: number, quota = QUOTA, persisted = false): StoryObj {
  return { render: () => staged(html`<bg-fetch-storage></bg-fetch-storage>`, records, { space: { usage, quota, persisted } }) };
}

export const Several = holding(stored, 1_900_000_000);
export const WithOtherData = holding(stored, 4_200_000_000);
export const Kept = holding(stored, 1_900_000_000, QUOTA, true);
export const OfUnknownSize = holding(stored, 1_900_000_000, 0);
export const Empty = holding([], 0);

/** Nothing is there. */
export const Idle = at('idle');
export const Starting = at('starting');
export const Queued = at('queued');
export const Waiting = at('waiting');
export const Downloading = at('downloading');
export const Stalled = at('stalled');
export const Paused = at('paused');
export const Saving = at('saving');
export const Done = at('done');
export const Failed = at('failed');
export const Aborted = at('aborted');
export const Evicted = at('evicted');

export const LongTitle = at('longTitle');
export const Removed = at('removed');
