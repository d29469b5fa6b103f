/** One download in words, in every state. */
import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { at, lookControl, staged, type Looking } from '../stage.js';

export default {
  title: 'Elements/Status',
  component: 'bg-fetch-status',
  args: { look: 'downloading' },
  argTypes: lookControl,
  render: ({ look }) => staged(html`<bg-fetch-status fetch-id="ep-5">Episode 5 can be downloaded.</bg-fetch-status>`, look),
} satisfies Meta<Looking>;

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
export const TheServerAskedToWait = at('theServerAskedToWait');
export const NotEnoughSpace = at('notEnoughSpace');
export const Removed = at('removed');
export const LongTitle = at('longTitle');
