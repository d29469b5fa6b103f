/** Every command with arguments at random, in the page and through the worker: answered in words, and only what a valid call names is changed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { remoteManager } from '../../src/client/remote-manager.js';
import { COMMANDS, type ManagerApi } from '../../src/manager/api.js';
import { database, readRecord } from '../../src/manager/database.js';
import { Manager } from '../../src/manager/manager.js';
import { deleteDownload } from '../../src/manager/reconcile.js';
import { createRecord } from '../../src/testing/records.js';
import { fileUrl } from '../setup/server.js';
import { workerClient } from './client.js';
import { damaged } from '../setup/damaged.js';

type Call = readonly [command: keyof ManagerApi, args: readonly unknown[]];

const local = () => Promise.resolve<ManagerApi>(new Manager(() => []));
const remote = async () => {
  const { registration } = await workerClient();
  await expect.poll(() => registration.active).toBeTruthy();
  return remoteManager(registration);
};
const [witness, target] = ['witness', 'target'].map((name) => `${name}-${crypto.randomUUID()}`) as [string, string];

/** Records of downloads that nobody goes on with. */
const [other, named] = [witness, target].map((id) =>
  createRecord({ id, status: 'failed', failureReason: 'bad-status', urls: [fileUrl()] }),
);
const write = (record: typeof other) => database(['records'], 'readwrite', (records) => records.put(record!));

// `clear` names every record.
const command = fc.constantFrom(...COMMANDS.filter((name) => name !== 'clear'));
const [request] = createRecord({ urls: [fileUrl()] }).requests;
const plan = {
  id: `new-${target}`,
  title: '',
  icons: [],
  requests: [request],
  downloadTotal: 0,
  engine: 'in-page',
  startedAt: 1,
};
const fitting = fc.constantFrom<unknown>(target, plan, named!.startedAt, 0, 1, [], [0], {
  reason: 'fetch-error',
  detail: 'Why.',
});
const argument = fc.oneof(fitting, fc.anything(), damaged(plan), damaged({ reason: 'fetch-error', detail: 'Why.' }));
const calls = fc.tuple(
  command,
  fc.oneof(fc.array(argument, { maxLength: 5 }), fc.array(fitting, { minLength: 1, maxLength: 4 })),
);

/** Calls, and gives the kind of error and its message; nothing where it was obeyed. */
async function refusalOf(manager: ManagerApi, [name, args]: Call): Promise<string | undefined> {
  try {
    await (manager[name] as (...given: unknown[]) => Promise<unknown>)(...args);
    return undefined;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

it.each([
  ['in the page', local, 1000],
  ['through the worker', remote, 300],
] as const)('changes only what it may, and refuses in one line %s', async (_where, open, count) => {
  const manager = await open();
  await write(other);
  const unclear: unknown[] = [];
  const created = new Set<string>();
  let obeyed = 0;
  for (const call of fc.sample(calls, count)) {
    await write(named);
    const refusal = await refusalOf(manager, call);
    if (refusal === undefined) obeyed += 1;
    if (refusal === undefined && call[0] === 'register') created.add((call[1][0] as typeof plan).id);
    if (refusal !== undefined && !/^(TypeError: Failed to \w+|NotFoundError: There is no) background fetch .+\.$/.test(refusal))
      unclear.push([call, refusal]);
  }
  expect(unclear).toEqual([]);
  expect(obeyed).toBeGreaterThan(20);
  expect(await readRecord(witness)).toEqual(other);
  for (const id of created) {
    expect(await readRecord(id)).toMatchObject({ id });
    await manager.abandon(id);
  }
  // At once: a discarded record of the same attempt would be deleted during the next test.
  for (const id of [...created, witness, target]) await deleteDownload(id);
});
