/** The tags in Solid's JSX: `import type {} from 'bg-fetch-elements/solid'` once in a project. */
import type { JSX } from 'solid-js';
import type { BgFetchAttributes, BgFetchElements, BgFetchEvents, BgFetchProperties } from './elements.js';

type Handlers = { [Name in keyof BgFetchEvents as `on:${Name}`]?: ((event: BgFetchEvents[Name]) => void) | undefined };
type Prefixed<Fields, Prefix extends string> = { [Name in keyof Fields & string as `${Prefix}:${Name}`]?: Fields[Name] };
type Own<Tag extends keyof BgFetchElements> = BgFetchAttributes[Tag] &
  BgFetchProperties[Tag] &
  Prefixed<BgFetchAttributes[Tag], 'attr'> &
  Prefixed<BgFetchProperties[Tag], 'prop'> &
  Handlers;
type Props<Tag extends keyof BgFetchElements> = Own<Tag> & Omit<JSX.HTMLAttributes<BgFetchElements[Tag]>, keyof Own<Tag>>;
type Tags = { [Tag in keyof BgFetchElements]: Props<Tag> };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
