/** Where a body rests, as plain data: it outlives the page that wrote it and crosses any `postMessage`. */
export interface StoredBody {
  /** The way it is stored. */
  readonly store: 'opfs' | 'indexeddb';
  /** Its name there, unique on the origin. */
  readonly key: string;
  /** Size in bytes. */
  readonly size: number;
}
