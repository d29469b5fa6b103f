/** Bars and rings in every state. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { at, lookControl, staged, type Looking } from '../stage.js';

interface Args extends Looking {
  readonly variant: 'bar' | 'ring';
}

export default {
  title: 'Elements/Progress',
  component: 'bg-fetch-progress',
  args: { look: 'downloading', variant: 'bar' },
  argTypes: lookControl,
  render: ({ look, variant }) =>
    staged(html`<bg-fetch-progress fetch-id="ep-5" variant=${variant} label="Episode 5"></bg-fetch-progress>`, look),
} satisfies Meta<Args>;

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

export const UnknownTotal = at('unknownTotal');
export const Sending = at('sending');
export const TheServerAskedToWait = at('theServerAskedToWait');
export const NotEnoughSpace = at('notEnoughSpace');
export const Ring = at<Args>('downloading', { variant: 'ring' });
export const RingOfAnUnknownTotal = at<Args>('unknownTotal', { variant: 'ring' });
export const RingDone = at<Args>('done', { variant: 'ring' });

/** For a model loader's or a player's own progress callback. */
export const ByHand: StoryObj = {
  render: () => html`<bg-fetch-progress value="3" max="12" label="Loading the model"></bg-fetch-progress>`,
};
