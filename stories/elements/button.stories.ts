/** The button in every state. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { createRecord } from '../../src/testing/index.js';
import { at, lookControl, staged, type Looking } from '../stage.js';

interface Args extends Looking {
  readonly 'download-title': string;
  readonly 'download-total': number;
  readonly disabled: boolean;
}

export default {
  title: 'Elements/Button',
  component: 'bg-fetch-button',
  args: { look: 'idle', 'download-title': 'Episode 5', 'download-total': 412_000_000, disabled: false },
  argTypes: lookControl,
  render: ({ look, disabled, ...args }) =>
    staged(
      html`<bg-fetch-button
        fetch-id="ep-5"
        src="/ep-5.mp3"
        download-title=${args['download-title']}
        download-total=${args['download-total']}
        ?disabled=${disabled}
      ></bg-fetch-button>`,
      look,
    ),
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

export const QueuedForAClick = at('queuedForAClick');
export const WaitingForWifi = at('waitingForWifi');
export const TryingAgain = at('tryingAgain');
export const ConnectionLost = at('connectionLost');
export const TheServerAskedToWait = at('theServerAskedToWait');
export const DownloadingByTheBrowser = at('byTheBrowser');
export const UnknownTotal = at('unknownTotal');
export const NotFound = at('notFound');
export const NotEnoughSpace = at('notEnoughSpace');
export const Removed = at('removed');
export const Disabled = at<Args>('idle', { disabled: true });
export const LongTitle = at<Args>('done', { 'download-title': 'A title that does not end, '.repeat(20) });
export const EmptyTitle = at<Args>('idle', { 'download-title': '' });

/** The link inside works before any script does; its words stay. */
export const FromALink: StoryObj = {
  render: () => staged(html`<bg-fetch-button><a href="/ep-5.mp3" download>Get episode 5</a></bg-fetch-button>`),
};

/** Where nothing can be stored, a plain link is left. */
export const NothingCanBeStored: StoryObj = {
  render: () => staged(html`<bg-fetch-button src="/ep-5.mp3"></bg-fetch-button>`, [], { canDownload: false }),
};

/** Words and pictures of the site's own. */
export const WithSlots: StoryObj = {
  render: () =>
    staged(
      html`<bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3"
        ><span slot="done">On this device</span><span slot="icon" aria-hidden="true">★</span></bg-fetch-button
      >`,
      [createRecord({ status: 'done' })],
    ),
};
