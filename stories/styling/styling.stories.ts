/** What a stylesheet can do, and what the elements do by themselves wherever they stand. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { everything } from '../everything.js';
import { lookControl, staged, type Looking } from '../stage.js';

export default {
  title: 'Styling',
  tags: ['!autodocs'],
  args: { look: 'downloading' },
  argTypes: lookControl,
  render: ({ look }) => staged(everything(), look),
} satisfies Meta<Looking>;

type Story = StoryObj<Looking>;

/** A dozen properties, for all elements at once. */
export const Properties: Story = {
  render: ({ look }) => html`
    <style>
      .berry {
        --bg-fetch-accent: light-dark(#7a1fa2, #e1a6f5);
        --bg-fetch-on-accent: light-dark(#fff, #2b0b3a);
        --bg-fetch-success: light-dark(#00695c, #80cbc4);
        --bg-fetch-track: light-dark(#ead5f2, #4a2b57);
        --bg-fetch-border: light-dark(#d3b3e0, #5b3869);
        --bg-fetch-surface: light-dark(#fdf7ff, #241529);
        --bg-fetch-radius: 1.4em;
        --bg-fetch-bar-size: 8px;
      }
    </style>
    <div class="berry">${staged(everything(), look)}</div>
  `,
};

/** Every box is a part; a list hands through those of its rows. */
export const Parts: Story = {
  render: ({ look }) => html`
    <style>
      .plain bg-fetch-button::part(button) {
        border-width: 2px;
        text-transform: uppercase;
        letter-spacing: 0.05em;
      }
      .plain bg-fetch-list::part(panel) {
        border-width: 2px 0;
        border-radius: 0;
        background: none;
      }
      .plain bg-fetch-list::part(title) {
        font-weight: 400;
        font-style: italic;
      }
      .plain bg-fetch-list::part(row) {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .plain bg-fetch-list::part(icon) {
        display: none;
      }
      .plain ::part(fill) {
        background: repeating-linear-gradient(45deg, var(--bg-fetch-accent, #1a5fd0) 0 6px, #6f9fe8 6px 12px);
      }
    </style>
    <div class="plain">${staged(everything(), look)}</div>
  `,
};

/** Each status is a state: turn the switch and see. */
export const States: Story = {
  render: ({ look }) => html`
    <style>
      .lights bg-fetch-button::part(button) {
        border-inline-start-width: 8px;
      }
      .lights bg-fetch-button:state(downloading)::part(button) {
        border-inline-start-color: light-dark(#1a5fd0, #8ab4f8);
      }
      .lights bg-fetch-button:is(:state(waiting), :state(stalled), :state(queued))::part(button) {
        border-inline-start-color: light-dark(#b26a00, #f2b866);
      }
      .lights bg-fetch-button:state(done)::part(button) {
        border-inline-start-color: light-dark(#14743c, #7dd3a0);
      }
      .lights bg-fetch-button:is(:state(failed), :state(evicted))::part(button) {
        border-inline-start-color: light-dark(#b3261e, #f2a29b);
      }
      .lights bg-fetch-progress:state(indeterminate)::part(words) {
        font-style: italic;
      }
    </style>
    <div class="lights">${staged(everything(), look)}</div>
  `,
};

export const Dark: Story = { globals: { scheme: 'dark' } };
export const RightToLeft: Story = { globals: { lang: 'ar' } };

/** To see them: "Emulate CSS media feature forced-colors" in Chromium's rendering tools, or a contrast theme of the system. */
export const ForcedColours: Story = { args: { look: 'failed' } };

export const LongTitles: Story = {
  render: () => staged(everything('A title that does not end, '.repeat(12)), 'longTitle'),
};
export const EmptyTitles: Story = { render: () => staged(everything(''), 'emptyTitle') };

/** As wide as a sidebar. */
export const Narrow: Story = {
  args: { look: 'severalFiles' },
  decorators: [(story) => html`<div style="max-inline-size: 16rem">${story()}</div>`],
};
export const Wide: Story = {
  args: { look: 'severalFiles' },
  decorators: [(story) => html`<div style="min-inline-size: 80rem">${story()}</div>`],
};

/** The elements are as large as the words around them. */
export const Large: Story = { decorators: [(story) => html`<div style="font-size: 1.6rem">${story()}</div>`] };
