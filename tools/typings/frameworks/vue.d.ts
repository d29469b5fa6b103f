/** The tags in Vue's templates: `import type {} from 'bg-fetch-elements/vue'` once in a project. */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { BgFetchAttributes, BgFetchElements, BgFetchEvents, BgFetchProperties } from './elements.js';

type Emit = { [Name in keyof BgFetchEvents]: (name: Name, event: BgFetchEvents[Name]) => void }[keyof BgFetchEvents];
type Both<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void ? All : never;
type Own<Tag extends keyof BgFetchElements> = BgFetchAttributes[Tag] & BgFetchProperties[Tag];
type Component<Tag extends keyof BgFetchElements> = new () => BgFetchElements[Tag] & {
  /** @deprecated For the template's types only. */
  $props: Own<Tag> & Omit<HTMLAttributes & PublicProps, keyof Own<Tag>>;
  /** @deprecated For the template's types only. */
  $emit: Both<Emit>;
};
type Tags = { [Tag in keyof BgFetchElements]: Component<Tag> };

declare module 'vue' {
  interface GlobalComponents extends Tags {}
}
