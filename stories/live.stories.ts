/** The real thing: a download by the engine this browser has, through the whole road. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define.js';

export default { title: 'Live/A real download', tags: ['!autodocs'] } satisfies Meta;

/** The largest script of this page: a file that is here wherever the gallery is. */
function largestScript(): string {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const scripts = entries.filter(({ initiatorType, name }) => initiatorType === 'script' || /\.m?js(\?|$)/.test(name));
  return scripts.reduce(
    (a, b) => (a.decodedBodySize > b.decodedBodySize ? a : b),
    scripts[0] ?? { name: location.href, decodedBodySize: 0 },
  ).name;
}

/** Click, watch, open, remove. */
export const Download: StoryObj = {
  render: () => html`
    <bg-fetch-provider>
      <p style="display: flex; gap: 1em; align-items: center">
        <bg-fetch-button fetch-id="gallery" download-title="A script of this gallery" src=${largestScript()}></bg-fetch-button>
        <bg-fetch-indicator></bg-fetch-indicator>
      </p>
      <bg-fetch-list></bg-fetch-list>
      <br />
      <bg-fetch-storage></bg-fetch-storage>
    </bg-fetch-provider>
  `,
};
