/** Status, indicator and storage. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FetchRecord, FetchStatus } from '../src/manager/record.js';
import { createRecord } from '../src/testing/index.js';
import { aHandful, moving, staged } from './stage.js';

export default { title: 'Elements/Status, indicator, storage' } satisfies Meta;

type Story = StoryObj;

const STATUSES: readonly FetchStatus[] = [
  'starting',
  'queued',
  'waiting',
  'downloading',
  'stalled',
  'paused',
  'saving',
  'done',
  'failed',
  'aborted',
  'evicted',
];

export const Status: Story = {
  render: () =>
    staged(
      html`${STATUSES.map((status) => html`<bg-fetch-status fetch-id=${status}></bg-fetch-status>`)}`,
      STATUSES.map((status) =>
        status === 'downloading' ? moving(3_100_000, { id: status }) : createRecord({ id: status, status }),
      ),
    ),
};

function indicator(records: readonly FetchRecord[]): Story {
  return { render: () => html`<bg-fetch-indicator .records=${records} .since=${0}></bg-fetch-indicator>` };
}

export const IndicatorIdle = indicator([]);
export const IndicatorActive = indicator([
  createRecord({ id: 'a' }),
  createRecord({ id: 'b', status: 'queued' }),
  createRecord({ id: 'c', downloaded: 20_000_000 }),
]);
export const IndicatorOfAnUnknownTotal = indicator([createRecord({ downloadTotal: 0 })]);
export const IndicatorPaused = indicator([createRecord({ status: 'paused' })]);
export const IndicatorDone = indicator([createRecord({ status: 'done' })]);
export const IndicatorFailed = indicator([createRecord({ status: 'failed' })]);
export const IndicatorOpen: Story = {
  render: () => staged(html`<bg-fetch-indicator></bg-fetch-indicator>`, aHandful()),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('bg-fetch-indicator');
    await element?.updateComplete;
    element?.show();
  },
};

const stored = [
  createRecord({ id: '1', title: 'Episodes 1–5', status: 'done', downloadTotal: 1_100_000_000 }),
  createRecord({ id: '2', title: 'Map of the Alps', status: 'done', downloadTotal: 520_000_000 }),
  createRecord({ id: '3', title: 'Course, week 3', status: 'done', downloadTotal: 280_000_000 }),
];

function storage(records: readonly FetchRecord[], usage: number, quota: number, persisted = false): Story {
  return { render: () => staged(html`<bg-fetch-storage></bg-fetch-storage>`, records, { space: { usage, quota, persisted } }) };
}

export const Storage = storage(stored, 1_900_000_000, 10_000_000_000);
export const StorageWithOtherData = storage(stored, 4_200_000_000, 10_000_000_000);
export const StorageKept = storage(stored, 1_900_000_000, 10_000_000_000, true);
export const StorageOfUnknownSize = storage(stored, 1_900_000_000, 0);
export const StorageEmpty = storage([], 0, 10_000_000_000);
