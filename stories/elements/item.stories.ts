/** A row in every state. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { at, lookControl, staged, type Looking } from '../stage.js';

export default {
  title: 'Elements/Item',
  component: 'bg-fetch-item',
  args: { look: 'downloading' },
  argTypes: lookControl,
  render: ({ look }) => staged(html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, look),
} satisfies Meta<Looking>;

/** Of what is not there, nothing is shown. */
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

export const QueuedForAClick = at('queuedForAClick');
export const TheServerAskedToWait = at('theServerAskedToWait');
export const DownloadingByTheBrowser = at('byTheBrowser');
export const UnknownTotal = at('unknownTotal');
export const Sending = at('sending');
export const SeveralFiles = at('severalFiles');
export const OneFileFailed = at('oneFileFailed');
export const NotAllowed = at('notAllowed');
export const NotEnoughSpace = at('notEnoughSpace');
export const Removed = at('removed');
export const LongTitle = at('longTitle');
export const OneLongWord = at('oneLongWord');
export const EmptyTitle = at('emptyTitle');
export const Stranger = at('stranger');

/** As wide as a sidebar. */
export const Narrow: StoryObj<Looking> = {
  args: { look: 'severalFiles' },
  decorators: [(story) => html`<div style="max-inline-size: 15rem">${story()}</div>`],
};

/** Picture, title and words of the site's own. */
export const WithSlots: StoryObj<Looking> = {
  render: ({ look }) =>
    staged(
      html`<bg-fetch-item fetch-id="ep-5"
        ><span slot="icon" aria-hidden="true" style="font-size: 2em">🎧</span><strong slot="title">Five</strong></bg-fetch-item
      >`,
      look,
    ),
};
