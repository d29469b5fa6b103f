/** The accessibility tree of a row in each status, as the browser hands it to a screen reader. */
import { html } from '@open-wc/testing';
import { describe, expect, it } from 'vitest';
import { cdp, server } from 'vitest/browser';
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { stage } from './puppet.js';

interface Session {
  send<Answer>(method: string, parameters?: object): Promise<Answer>;
}
interface Frame {
  readonly frame: { readonly id: string; readonly url: string };
  readonly childFrames?: readonly Frame[];
}
interface TreeNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly value?: { readonly value: number };
}

const ROLES = ['progressbar', 'button', 'status'];

function framesOf(frame: Frame): readonly Frame[] {
  return [frame, ...(frame.childFrames ?? []).flatMap(framesOf)];
}

/** What stands in the tree of this page: roles, names and values. */
async function heard(): Promise<string[]> {
  const session = cdp() as unknown as Session;
  const { frameTree } = await session.send<{ frameTree: Frame }>('Page.getFrameTree');
  const frameId = framesOf(frameTree).find(({ frame }) => frame.url === location.href)?.frame.id;
  const { nodes } = await session.send<{ nodes: TreeNode[] }>('Accessibility.getFullAXTree', { frameId });
  return nodes
    .filter(({ ignored, role }) => !ignored && ROLES.includes(role?.value ?? ''))
    .map(({ role, name, value }) =>
      [role?.value, name?.value, value?.value].filter((each) => each !== undefined && each !== '').join(' '),
    );
}

describe.runIf(server.browser === 'chromium')('a row in the accessibility tree', () => {
  const trees: Partial<Record<FetchStatus, string[]>> = {
    starting: ['progressbar Five', 'button Cancel: Five', 'status'],
    queued: ['button Start now: Five', 'button Cancel: Five', 'status'],
    waiting: ['progressbar Five 12', 'button Start now: Five', 'button Cancel: Five', 'status'],
    downloading: ['progressbar Five 64', 'button Pause: Five', 'button Cancel: Five', 'status'],
    stalled: ['progressbar Five 42', 'button Cancel: Five', 'status'],
    paused: ['progressbar Five 42', 'button Resume: Five', 'button Cancel: Five', 'status'],
    saving: ['progressbar Five 99', 'status'],
    done: ['button Open: Five', 'button Save to disk: Five', 'button Remove: Five', 'status'],
    failed: ['button Try again: Five', 'button Remove: Five', 'status'],
    aborted: ['button Try again: Five', 'button Remove: Five', 'status'],
    evicted: ['button Try again: Five', 'button Remove: Five', 'status'],
  };

  it.each(Object.entries(trees) as [FetchStatus, string[]][])('while %s is %j', async (status, tree) => {
    await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord({ status, title: 'Five' }),
    ]);
    expect(await heard()).toEqual(tree);
  });
});
