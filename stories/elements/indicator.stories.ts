/** The badge for a toolbar in every state. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { createRecord } from '../../src/testing/index.js';
import { aHandful, at, lookControl, staged, type Looking } from '../stage.js';

export default {
  title: 'Elements/Indicator',
  component: 'bg-fetch-indicator',
  args: { look: 'downloading' },
  argTypes: lookControl,
  // What ended before a page came is no news to its indicator; here it is.
  render: ({ look }) => staged(html`<bg-fetch-indicator .since=${0}></bg-fetch-indicator>`, look),
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
export const Several: StoryObj = {
  render: () =>
    staged(html`<bg-fetch-indicator></bg-fetch-indicator>`, [
      createRecord({ id: 'a' }),
      createRecord({ id: 'b', status: 'queued' }),
      createRecord({ id: 'c', downloaded: 20_000_000 }),
    ]),
};

/** What a click opens. */
export const Open: StoryObj = {
  tags: ['!autodocs'],
  render: () => staged(html`<bg-fetch-indicator></bg-fetch-indicator>`, aHandful()),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('bg-fetch-indicator');
    await element?.updateComplete;
    element?.show();
  },
};

/** Something of the site's own in the popover. */
export const WithSlots: StoryObj<Looking> = {
  render: ({ look }) =>
    staged(html`<bg-fetch-indicator><bg-fetch-list filter="active"></bg-fetch-list></bg-fetch-indicator>`, look),
};
