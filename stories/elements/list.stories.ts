/** The list, with a download in every state and with many. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FetchRecord } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { aHandful, at, lookControl, staged, type Looking } from '../stage.js';

type Filter = 'all' | 'active' | 'done' | 'failed' | 'aborted';

interface Args extends Looking {
  readonly filter: Filter;
}

export default {
  title: 'Elements/List',
  component: 'bg-fetch-list',
  args: { look: 'downloading', filter: 'all' },
  argTypes: lookControl,
  render: ({ look, filter }) => staged(html`<bg-fetch-list filter=${filter}></bg-fetch-list>`, look),
} satisfies Meta<Args>;

const space = { usage: 1_900_000_000, quota: 10_000_000_000, persisted: false };

function aHandfulOf(filter: Filter): StoryObj {
  return { render: () => staged(html`<bg-fetch-list filter=${filter}></bg-fetch-list>`, aHandful(), { space }) };
}

export const AHandful = aHandfulOf('all');
export const OnlyActive = aHandfulOf('active');
export const OnlyDone = aHandfulOf('done');
export const OnlyFailed = aHandfulOf('failed');
export const OnlyCancelled = aHandfulOf('aborted');

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
export const EmptyInTheWordsOfTheSite: StoryObj = {
  render: () => staged(html`<bg-fetch-list><p slot="empty">Pick an episode, and it waits for you here.</p></bg-fetch-list>`),
};

/** The slots of each row, filled from its record by `renderItem`. */
export const RowsInTheWordsOfTheSite: StoryObj = {
  render: () =>
    staged(
      html`<bg-fetch-list
        .renderItem=${({ title, requests }: FetchRecord) =>
          html`<span slot="icon" aria-hidden="true" style="font-size: 2em">🎧</span>
            <span slot="title">${title || requests[0]?.url}</span>`}
      ></bg-fetch-list>`,
      aHandful(),
      { space },
    ),
};

/** As wide as a sidebar. */
export const Narrow: StoryObj = {
  ...AHandful,
  decorators: [(story) => html`<div style="max-inline-size: 17rem">${story()}</div>`],
};

/** Rows out of view are not drawn. */
export const TenThousand: StoryObj = {
  tags: ['!autodocs'],
  render: () => {
    const records = Array.from({ length: 10_000 }, (_, index) =>
      createRecord({
        id: `photo-${index}`,
        title: `Photo ${index + 1}`,
        status: 'done',
        downloadTotal: 4_000_000 + index,
        startedAt: index,
      }),
    );
    return html`<bg-fetch-list .records=${records}></bg-fetch-list>`;
  },
};
