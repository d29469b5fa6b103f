/** The button in every state. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FetchRecord } from '../src/manager/record.js';
import { createRecord } from '../src/testing/index.js';
import { file, moving, staged } from './stage.js';

const TOTAL = 412_000_000;

export default { title: 'Elements/Button', component: 'bg-fetch-button' } satisfies Meta;

type Story = StoryObj;

/** A button that shows this record. */
function showing(record?: () => FetchRecord): Story {
  return {
    render: () =>
      staged(
        html`<bg-fetch-button
          fetch-id="ep-5"
          src="/ep-5.mp3"
          download-title="Episode 5"
          download-total=${TOTAL}
        ></bg-fetch-button>`,
        record ? [record()] : [],
        { space: { usage: 9_000_000_000, quota: 9_200_000_000, persisted: false } },
      ),
  };
}

const of = (parts: Parameters<typeof createRecord>[0]) =>
  showing(() => createRecord({ title: 'Episode 5', downloadTotal: TOTAL, ...parts }));

export const Idle = showing();
export const Starting = of({ status: 'starting' });
export const Queued = of({ status: 'queued', waitingFor: 'turn' });
export const QueuedForAClick = of({ status: 'queued', waitingFor: 'click' });
export const DownloadingInThePage = showing(() => moving(3_100_000, { downloaded: 0.42 * TOTAL, downloadTotal: TOTAL }));
export const DownloadingByTheBrowser = showing(() =>
  moving(3_100_000, { engine: 'native', downloaded: 0.42 * TOTAL, downloadTotal: TOTAL }),
);
export const UnknownTotal = showing(() => moving(8_700_000, { downloaded: 212_000_000, downloadTotal: 0 }));
export const Paused = of({ status: 'paused' });
export const WaitingForTheNetwork = of({ status: 'waiting', waitingFor: 'network' });
export const WaitingForWifi = of({ status: 'waiting', waitingFor: 'wifi' });
export const TryingAgain = showing(() =>
  createRecord({ status: 'waiting', waitingFor: 'retry', waitingUntil: Date.now() + 42_000 }),
);
export const TheServerAskedToWait = showing(() =>
  createRecord({
    status: 'waiting',
    waitingFor: 'retry',
    waitingUntil: Date.now() + 42_000,
    files: [file('ep-5.mp3', 0, 0, 'waiting', 503)],
  }),
);
export const Stalled = showing(() => createRecord({ status: 'stalled', engine: 'native', changedAt: Date.now() - 40_000 }));
export const Saving = of({ status: 'saving' });
export const Done = of({ status: 'done' });
export const NotFound = of({ status: 'failed', failureReason: 'bad-status', files: [file('ep-5.mp3', 0, 0, 'failed', 404)] });
export const ConnectionFailed = of({ status: 'failed' });
export const NotEnoughSpace = of({ status: 'failed', failureReason: 'quota-exceeded' });
export const Aborted = of({ status: 'aborted' });
export const Evicted = of({ status: 'evicted' });
export const Removed = showing(() => createRecord({ status: 'done', discardedAt: Date.now() }));
export const Disabled: Story = { render: () => staged(html`<bg-fetch-button src="/ep-5.mp3" disabled></bg-fetch-button>`) };

/** The link inside works before any script does; its words stay. */
export const FromALink: Story = {
  render: () => staged(html`<bg-fetch-button><a href="/ep-5.mp3" download>Get episode 5</a></bg-fetch-button>`),
};

/** Where nothing can be stored, a plain link is left. */
export const NothingCanBeStored: Story = {
  render: () => staged(html`<bg-fetch-button src="/ep-5.mp3"></bg-fetch-button>`, [], { canDownload: false }),
};

/** Words and pictures of the site's own. */
export const WithSlots: Story = {
  render: () =>
    staged(
      html`<bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3"
        ><span slot="done">On this device</span><span slot="icon" aria-hidden="true">★</span></bg-fetch-button
      >`,
      [createRecord({ status: 'done' })],
    ),
};

/** Parts, states and properties are all it takes. */
export const Styled: Story = {
  render: () => html`
    <style>
      .brand {
        --bg-fetch-accent: light-dark(#7a1fa2, #e1a6f5);
        --bg-fetch-radius: 2em;
      }
      .brand::part(button) {
        font-weight: 600;
      }
      .brand:state(downloading)::part(button) {
        border-color: light-dark(#7a1fa2, #e1a6f5);
      }
    </style>
    ${staged(html`<bg-fetch-button class="brand" fetch-id="ep-5" src="/ep-5.mp3"></bg-fetch-button>`, [moving(3_100_000)])}
  `,
};
