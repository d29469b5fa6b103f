/** Custom states are those of the last record, whatever the garbage collector did in between. */
import { html } from 'lit';
import { expect, it } from 'vitest';
import type { FetchStatus } from '../../src/manager/record.js';
import type { RecordParts } from '../../src/testing/records.js';
import { drawn, justRemoved, stage } from './puppet.js';

const STATUSES = [
  ...(['starting', 'queued', 'waiting', 'downloading', 'stalled', 'paused'] as const),
  ...(['saving', 'done', 'failed', 'aborted', 'evicted'] as const),
] satisfies FetchStatus[];

/** Allocates until the browser has collected garbage. */
async function collectGarbage(): Promise<void> {
  let isCollected = false;
  const registry = new FinalizationRegistry(() => (isCollected = true));
  for (let round = 0; !isCollected && round < 100; round++) {
    registry.register({}, undefined);
    Array.from({ length: 1000 }, () => new Array<number>(1000).fill(0));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Every state that the elements document. */
const NAMES = ['idle', ...STATUSES, 'removed', 'indeterminate'];

const CHANGES: readonly (readonly [RecordParts, readonly string[]])[] = [
  ...STATUSES.map(
    (status) =>
      [{ status, downloaded: 1, downloadTotal: 100 }, status === 'starting' ? [status, 'indeterminate'] : [status]] as const,
  ),
  [{ status: 'downloading', downloaded: 1, downloadTotal: 0 }, ['downloading', 'indeterminate']],
  [{ status: 'done', downloaded: 100, downloadTotal: 100 }, ['done']],
  [justRemoved, ['done', 'removed']],
  [{ discardedAt: undefined }, ['done']],
];

it.each(['bg-fetch-button', 'bg-fetch-status'] as const)('of a %s', async (tag) => {
  const content =
    tag === 'bg-fetch-button'
      ? html`<bg-fetch-button fetch-id="a" src="/a"></bg-fetch-button>`
      : html`<bg-fetch-status fetch-id="a"></bg-fetch-status>`;
  const { element, puppet } = await stage(tag, content);
  const states = () => NAMES.filter((name) => element.matches(`:state(${name})`));
  expect(states()).toEqual(['idle']);
  for (const [parts, expected] of CHANGES) {
    puppet.set('a', parts);
    await drawn(element);
    await collectGarbage();
    expect(states()).toEqual(expected);
  }
});
