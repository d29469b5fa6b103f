/** Bars, rings and sentences. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { createRecord } from '../src/testing/index.js';
import { moving, staged } from './stage.js';

export default { title: 'Elements/Progress', component: 'bg-fetch-progress' } satisfies Meta;

type Story = StoryObj;

const bar = html`<bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>`;
const ring = html`<bg-fetch-progress fetch-id="ep-5" variant="ring"></bg-fetch-progress>`;

export const Bar: Story = { render: () => staged(bar, [moving(3_100_000)]) };
export const BarOfAnUnknownTotal: Story = {
  render: () => staged(bar, [moving(8_700_000, { downloaded: 212_000_000, downloadTotal: 0 })]),
};
export const BarPaused: Story = { render: () => staged(bar, [createRecord({ status: 'paused' })]) };
export const BarStalled: Story = {
  render: () => staged(bar, [createRecord({ status: 'stalled', changedAt: Date.now() - 40_000 })]),
};
export const BarDone: Story = { render: () => staged(bar, [createRecord({ status: 'done' })]) };
export const BarFailed: Story = { render: () => staged(bar, [createRecord({ status: 'failed' })]) };
export const Sending: Story = {
  render: () =>
    staged(bar, [moving(800_000, { uploaded: 12_000_000, uploadTotal: 30_000_000, downloaded: 0, downloadTotal: 0 })]),
};
export const Ring: Story = { render: () => staged(ring, [moving(3_100_000)]) };
export const RingOfAnUnknownTotal: Story = { render: () => staged(ring, [moving(8_700_000, { downloadTotal: 0 })]) };

/** For a model loader's or a player's own progress callback. */
export const ByHand: Story = {
  render: () => html`<bg-fetch-progress value="3" max="12" label="Loading the model"></bg-fetch-progress>`,
};
