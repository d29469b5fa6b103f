/** IndexedDB with promises and types, and no more of it than this package needs. */

type Query = IDBValidKey | IDBKeyRange;

/** An entry that a cursor stands at. */
export interface Entry<Value, Key extends IDBValidKey = IDBValidKey> {
  readonly key: Key;
  readonly value: Value;
}

/** The browser's own object store, as it is for values of one type. */
export interface Store<Value> {
  get(query: Query): IDBRequest<Value | undefined>;
  getKey(query: Query): IDBRequest<IDBValidKey | undefined>;
  getAll(query?: Query): IDBRequest<Value[]>;
  openCursor(query?: Query, direction?: IDBCursorDirection): IDBRequest<Entry<Value> | null>;
  index(name: string): Pick<Store<Value>, 'get' | 'getAll'>;
  add(value: Value, key?: IDBValidKey): IDBRequest;
  put(value: Value, key?: IDBValidKey): IDBRequest;
  delete(query: Query): IDBRequest;
}

type Stores<Schema, Names> = { [Place in keyof Names]: Store<Schema[Names[Place] & keyof Schema]> };

/**
 * Runs `work` on some stores in one transaction. Resolves, once what it wrote is committed, with what `work` gave: a value, or the
 * result of a request. Rejects when a request fails, which takes the others with it, or when there is no room.
 */
export type Database<Schema> = <const Names extends readonly (keyof Schema & string)[], Result>(
  names: Names,
  mode: 'readonly' | 'readwrite',
  work: (...stores: Stores<Schema, Names>) => IDBRequest<Result> | Promise<Result>,
) => Promise<Result>;

/** A database of this realm: opened when it is first used, and anew after the browser, or a newer version, has closed it. */
export function openDatabase<Schema>(name: string, version: number, upgrade: (database: IDBDatabase) => void): Database<Schema> {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = (): void => {
    opened = undefined;
  };
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => upgrade(request.result);
    const database = await requested(request);
    database.onclose = forget;
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  };
  return async (names, mode, work) => {
    (opened ??= open()).catch(forget);
    const transaction = (await opened).transaction(names, mode, { durability: 'relaxed' });
    // A page that is put away for going back would hold what it has under way, and keep every other page waiting (WebKit).
    const putAway = (event: Event & { readonly persisted?: boolean }) => event.persisted && transaction.abort();
    addEventListener('pagehide', putAway);
    const committed = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new DOMException());
    }).finally(() => removeEventListener('pagehide', putAway));
    const stores = names.map((store) => transaction.objectStore(store)) as Stores<Schema, typeof names>;
    const result = work(...stores);
    const given = result instanceof IDBRequest ? requested(result) : result;
    // What fails is said by the transaction first: its other requests were only aborted.
    given.catch(() => undefined);
    committed.catch(() => undefined);
    if (mode === 'readwrite') await committed;
    return given;
  };
}

/** The result of a request. */
export function requested<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException());
  });
}
