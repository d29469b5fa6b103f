/** The provider shows nothing itself: here is what it gives to, all elements at once in every state. */
import type { Meta } from '@storybook/web-components-vite';
import { everything } from '../everything.js';
import { at, lookControl, staged, type Looking } from '../stage.js';

export default {
  title: 'Elements/Provider',
  component: 'bg-fetch-provider',
  args: { look: 'downloading' },
  argTypes: lookControl,
  render: ({ look }) => staged(everything(), look),
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
