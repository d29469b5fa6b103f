/** The used part of IndexedDB with promises and types. */
import { deferred } from '../standard/older-browsers.js';

type Query = IDBValidKey | IDBKeyRange;

/** Current entry of a cursor. */
export interface Entry<Value, Key extends IDBValidKey = IDBValidKey> {
  readonly key: Key;
  readonly value: Value;
}

/** The browser's object store with the type of its values. */
export interface Store<Value> {
  get(query: Query): IDBRequest<Value | undefined>;
  getKey(query: Query): IDBRequest<IDBValidKey | undefined>;
  getAll(query?: Query): IDBRequest<Value[]>;
  getAllKeys(query?: Query): IDBRequest<IDBValidKey[]>;
  openCursor(query?: Query, direction?: IDBCursorDirection): IDBRequest<Entry<Value> | null>;
  index(name: string): Pick<Store<Value>, 'get' | 'getAll'>;
  add(value: Value, key?: IDBValidKey): IDBRequest;
  put(value: Value, key?: IDBValidKey): IDBRequest;
  delete(query: Query): IDBRequest;
  clear(): IDBRequest;
}

type Stores<Schema, Names> = { [Place in keyof Names]: Store<Schema[Names[Place] & keyof Schema]> };

/**
 * Runs `work` on stores in one transaction. Resolves after the commit with the value, or the result of the request, that `work` returned.
 * Rejects if a request fails, which aborts the transaction, or if the quota is exceeded.
 */
export type Database<Schema> = <const Names extends readonly (keyof Schema & string)[], Result>(
  names: Names,
  mode: 'readonly' | 'readwrite',
  work: (...stores: Stores<Schema, Names>) => IDBRequest<Result> | Promise<Result>,
) => Promise<Result>;

/** Delays before a lost connection is opened again, in milliseconds. */
const RECONNECT_DELAYS = [0, 200, 1000];

/** Timeout to open a database, in milliseconds: another tab can block an upgrade forever. */
const OPEN_TIMEOUT = 20_000;

/**
 * Creates a function that runs transactions. It opens the database at its first use, and again if the connection is lost. A database of a newer
 * version can be read; writing to it rejects with `VersionError`.
 */
export function openDatabase<Schema>(name: string, version: number, upgrade: (database: IDBDatabase) => void): Database<Schema> {
  let opened: Promise<IDBDatabase> | undefined;

  const connect = (): Promise<IDBDatabase> => {
    const opening = open(name, version, upgrade);
    const forget = () => {
      if (opened === opening) opened = undefined;
    };
    opening.then((database) => {
      database.onclose = forget;
      database.onversionchange = () => {
        database.close();
        forget();
      };
    }, forget);
    return (opened = opening);
  };

  const run: Database<Schema> = async (names, mode, work) => {
    const opening = opened ?? connect();
    const database = await inTime(opening, name);
    if (mode === 'readwrite' && database.version > version) throw newerVersionError(name);
    try {
      return await transact(database, names, mode, work);
    } catch (error) {
      if (isLost(error)) {
        // A connection of Safari (iOS 17.4 and later) can be lost without an event: https://bugs.webkit.org/show_bug.cgi?id=273827
        if (opened === opening) opened = undefined;
        database.close();
      }
      throw error;
    }
  };

  return async (...use) => {
    for (const pause of RECONNECT_DELAYS) {
      try {
        return await run(...use);
      } catch (error) {
        if (!isLost(error)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return run(...use);
  };
}

async function open(name: string, version: number, upgrade: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade(request.result);
  try {
    return await requested(request);
  } catch (error) {
    if ((error as Error).name === 'VersionError') return requested(indexedDB.open(name));
    throw error;
  }
}

async function inTime(opening: Promise<IDBDatabase>, name: string): Promise<IDBDatabase> {
  const { promise, reject } = deferred<never>();
  const timer = setTimeout(() => {
    const reason = 'another tab of this site keeps it from being opened. Close the other tabs.';
    reject(new DOMException(`Failed to open the database "${name}": ${reason}`, 'TimeoutError'));
  }, OPEN_TIMEOUT);
  return Promise.race([opening, promise]).finally(() => clearTimeout(timer));
}

function newerVersionError(name: string): DOMException {
  const reason = 'a newer version of this site has changed it. Reload the page.';
  return new DOMException(`Failed to write to the database "${name}": ${reason}`, 'VersionError');
}

/** Returns true for an error of the connection, which a new one may solve. */
function isLost(error: unknown): boolean {
  return error instanceof LostConnection || (error as Error).name === 'UnknownError';
}

/** Error of a connection that accepts no transaction any more. */
class LostConnection extends DOMException {}

async function transact<Schema, const Names extends readonly (keyof Schema & string)[], Result>(
  database: IDBDatabase,
  names: Names,
  mode: 'readonly' | 'readwrite',
  work: (...stores: Stores<Schema, Names>) => IDBRequest<Result> | Promise<Result>,
): Promise<Result> {
  const transaction = begin(database, names, mode);
  // In WebKitGTK 2.50 a page in the back-forward cache would keep its transaction and block all others (docs/decisions/0006).
  const putAway = (event: Event & { readonly persisted?: boolean }) => event.persisted && transaction.abort();
  addEventListener('pagehide', putAway);
  const committed = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException());
  }).finally(() => removeEventListener('pagehide', putAway));
  const stores = names.map((store) => transaction.objectStore(store)) as Stores<Schema, typeof names>;
  const result = work(...stores);
  const given = result instanceof IDBRequest ? requested(result) : result;
  // The caller gets one of the two errors: the transaction's is the cause, its other requests were only aborted.
  given.catch(() => undefined);
  committed.catch(() => undefined);
  if (mode === 'readwrite') await committed;
  return given;
}

/** Starts a transaction with relaxed durability. A power failure may lose the last ones, but keeps their order. */
function begin(database: IDBDatabase, names: readonly string[], mode: 'readonly' | 'readwrite'): IDBTransaction {
  try {
    return database.transaction(names, mode, { durability: 'relaxed' });
  } catch (error) {
    const { name, message } = error as Error;
    throw name === 'InvalidStateError' || name === 'UnknownError' ? new LostConnection(message, name) : error;
  }
}

/** Resolves with the result of a request. */
export function requested<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException());
  });
}
