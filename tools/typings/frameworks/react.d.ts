/** The tags in React's JSX: `import type {} from 'bg-fetch-elements/react'` once in a project. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { BgFetchAttributes, BgFetchElements, BgFetchEvents, BgFetchProperties } from './elements.js';

type Handlers = { [Name in keyof BgFetchEvents as `on${Name}`]?: ((event: BgFetchEvents[Name]) => void) | undefined };
type Own<Tag extends keyof BgFetchElements> = BgFetchAttributes[Tag] & BgFetchProperties[Tag] & Handlers;
type Props<Tag extends keyof BgFetchElements> = Own<Tag> &
  Omit<DetailedHTMLProps<HTMLAttributes<BgFetchElements[Tag]>, BgFetchElements[Tag]>, keyof Own<Tag>>;
type Tags = { [Tag in keyof BgFetchElements]: Props<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
