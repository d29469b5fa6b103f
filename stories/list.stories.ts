/** The list. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { createRecord } from '../src/testing/index.js';
import { aHandful, staged } from './stage.js';

export default { title: 'Elements/List', component: 'bg-fetch-list' } satisfies Meta;

type Story = StoryObj;

const space = { usage: 1_900_000_000, quota: 10_000_000_000, persisted: false };

export const AHandful: Story = { render: () => staged(html`<bg-fetch-list></bg-fetch-list>`, aHandful(), { space }) };
export const OnlyActive: Story = { render: () => staged(html`<bg-fetch-list filter="active"></bg-fetch-list>`, aHandful()) };
export const OnlyDone: Story = { render: () => staged(html`<bg-fetch-list filter="done"></bg-fetch-list>`, aHandful()) };
export const Empty: Story = { render: () => staged(html`<bg-fetch-list></bg-fetch-list>`) };
export const EmptyInTheWordsOfTheSite: Story = {
  render: () => staged(html`<bg-fetch-list><p slot="empty">Pick an episode, and it waits for you here.</p></bg-fetch-list>`),
};
export const TenThousand: Story = {
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
