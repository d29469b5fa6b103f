/** The tags in Svelte's markup: `import type {} from 'bg-fetch-elements/svelte'` once in a project. */
import type { HTMLAttributes } from 'svelte/elements';
import type { BgFetchAttributes, BgFetchElements, BgFetchEvents, BgFetchProperties } from './elements.js';

type Handlers = { [Name in keyof BgFetchEvents as `on${Name}`]?: ((event: BgFetchEvents[Name]) => void) | undefined };
type Own<Tag extends keyof BgFetchElements> = BgFetchAttributes[Tag] & BgFetchProperties[Tag] & Handlers;
type Props<Tag extends keyof BgFetchElements> = Own<Tag> & Omit<HTMLAttributes<BgFetchElements[Tag]>, keyof Own<Tag>>;
type Tags = { [Tag in keyof BgFetchElements]: Props<Tag> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Tags {}
}
