/** Connections to a database that are lost, blocked, or of another version of the site. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/bytes/indexed-db.js';
import { BgFetchClient } from '../../src/client/client.js';
import { database } from '../../src/manager/database.js';
import { Manager } from '../../src/manager/manager.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';

afterEach(() => vi.restoreAllMocks());

const upgrade = (database: IDBDatabase) => void database.createObjectStore('rows');

function fresh() {
  const name = crypto.randomUUID();
  const database = openDatabase<{ rows: string }>(name, 1, upgrade);
  return {
    name,
    write: (value: string) => database(['rows'], 'readwrite', (rows) => rows.put(value, 'key')),
    read: () => database(['rows'], 'readonly', (rows) => rows.get('key')),
  };
}

/** Has the next transactions throw, as one of a dead connection does. */
function failTransactions(times: number, name: string): () => number {
  let tried = 0;
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    if (tried++ < times) throw new DOMException('Connection to Indexed Database server lost.', name);
    return transaction.apply(this, args);
  });
  return () => tried;
}

it.each(['InvalidStateError', 'UnknownError'])('opens a connection anew whose transactions throw %s', async (name) => {
  const { write, read } = fresh();
  await write('before');
  failTransactions(2, name);
  await write('after');
  expect(await read()).toBe('after');
});

it('opens a connection anew that was closed without an event', async () => {
  const { write, read } = fresh();
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await write('before');
  (transaction.mock.contexts.at(-1) as IDBDatabase).close();
  expect(await read()).toBe('before');
});

it('gives up after a few tries, in the words of the storage', async () => {
  const { write } = fresh();
  await write('before');
  const tried = failTransactions(Infinity, 'UnknownError');
  await expect(write('after')).rejects.toMatchObject({ message: 'Connection to Indexed Database server lost.' });
  expect(tried()).toBe(4);
});

it('reads a database of a newer version, and says that it cannot be written', async () => {
  const { name, write } = fresh();
  await write('before');
  const raised = indexedDB.open(name, 9);
  const opened = await new Promise<IDBDatabase>((resolve) => (raised.onsuccess = () => resolve(raised.result)));
  opened.close();
  const older = openDatabase<{ rows: string }>(name, 1, upgrade);
  expect(await older(['rows'], 'readonly', (rows) => rows.get('key'))).toBe('before');
  await expect(older(['rows'], 'readwrite', (rows) => rows.put('after', 'key'))).rejects.toMatchObject({
    name: 'VersionError',
    message: `Failed to write to the database "${name}": a newer version of this site has changed it. Reload the page.`,
  });
});

it('does not wait for ever where another tab keeps it from being opened', async () => {
  const { name, write, read } = fresh();
  const holder = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name, 2);
    request.onsuccess = () => resolve(request.result);
  });
  const blocked = indexedDB.deleteDatabase(name);
  await new Promise((resolve) => (blocked.onblocked = resolve));
  await expect(write('before')).rejects.toMatchObject({ name: 'TimeoutError' });
  holder.close();
  await new Promise((resolve) => (blocked.onsuccess = resolve));
  await write('after');
  expect(await read()).toBe('after');
});

describe('where the records are of a newer version', () => {
  it('says so, and offers links instead of downloads', async () => {
    const id = crypto.randomUUID();
    const requests = [await toPlainRequest(new Request('/film.mp4'))];
    await new Manager(() => []).register({
      id,
      title: '',
      icons: [],
      requests,
      downloadTotal: 0,
      engine: 'in-page',
      startedAt: 1,
    });
    const refused = new DOMException('A newer version.', 'VersionError');
    const { transaction } = IDBDatabase.prototype;
    vi.spyOn(IDBDatabase.prototype, 'version', 'get').mockReturnValue(9);
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      if (args[1] === 'readwrite') throw refused;
      return transaction.apply(this, args);
    });
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const reported = vi.spyOn(globalThis, 'reportError').mockReturnValue();
    const client = new BgFetchClient();
    await expect(client.ready).rejects.toMatchObject({ name: 'VersionError' });
    expect(client.canDownload).toBe(false);
    expect(warn.mock.calls.flat().join()).toContain('a newer version of this site has changed it. Reload the page.');
    await expect(new Manager(() => []).list()).rejects.toMatchObject({ name: 'VersionError' });
    // An active download is looked after in the background, which is no error of the page.
    await expect
      .poll(() => warn.mock.calls.flat() as unknown[])
      .toContainEqual(expect.objectContaining({ name: 'VersionError' }));
    expect(reported).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    await database(['records'], 'readwrite', (records) => records.delete(id));
  });
});
