/** What the typings know, and what they refuse. */
import type {} from 'bg-fetch-elements/preact';

export const right = [
  <bg-fetch-button
    src="/a /b"
    fetch-id="a"
    download-title="A"
    download-total={5}
    disabled
    requests={[new URL('https://a.example/')]}
  />,
  <bg-fetch-progress variant="ring" value={0.5} max={1} />,
  <bg-fetch-list filter="done" records={[]} id="list" />,
  <bg-fetch-indicator since={0} />,
  <bg-fetch-storage space={{ usage: 0, quota: 1, persisted: true }} />,
  <bg-fetch-button onbg-fetch-success={(event) => event.fetchId.length} />,
];

export const wrong = [
  // @ts-expect-error no such variant
  <bg-fetch-progress variant="square" />,
  // @ts-expect-error no such filter
  <bg-fetch-list filter="none" />,
  // @ts-expect-error not requests
  <bg-fetch-button requests={5} />,
  // @ts-expect-error no such attribute
  <bg-fetch-provider worker="/sw.js" />,
  // @ts-expect-error the event has no such field
  <bg-fetch-button onbg-fetch-success={(event) => event.nothing} />,
  // @ts-expect-error no such tag
  <bg-fetch-nothing />,
];
