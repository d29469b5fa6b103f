/** Location of a stored body as plain data, which can be stored and posted. */
export interface StoredBody {
  /** Kind of storage. */
  readonly store: 'opfs' | 'indexeddb';
  /** Name in this storage, unique for the origin. */
  readonly key: string;
  /** Size in bytes. */
  readonly size: number;
}
