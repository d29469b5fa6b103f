/** What the typings know, and what they refuse. */
import type {} from 'bg-fetch-elements/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

export const right: Partial<SvelteHTMLElements> = {
  'bg-fetch-button': { src: '/a', 'download-total': 5, disabled: true, 'onbg-fetch-success': (event) => event.fetchId.length },
  'bg-fetch-progress': { variant: 'ring', value: 0.5 },
  'bg-fetch-list': { filter: 'done', records: [] },
};

export const wrong: Partial<SvelteHTMLElements> = {
  // @ts-expect-error no such variant
  'bg-fetch-progress': { variant: 'square' },
  // @ts-expect-error no such filter
  'bg-fetch-list': { filter: 'none' },
  // @ts-expect-error the event has no such field
  'bg-fetch-button': { 'onbg-fetch-success': (event) => event.nothing },
  // @ts-expect-error no such attribute
  'bg-fetch-provider': { worker: '/sw.js' },
};
