/** What the elements tell: asked before, told after. All bubble and cross shadow roots. */
import type { FetchRecord } from '../manager/record.js';

/** What every event says: which download it is about, and the facts as they are now. */
export class BgFetchEvent extends Event {
  readonly fetchId: string;
  /** Undefined when there is no such download yet. */
  readonly record: FetchRecord | undefined;

  constructor(type: string, fetchId: string, record: FetchRecord | undefined, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.fetchId = fetchId;
    this.record = record;
  }
}

/** A download is about to start; `preventDefault()` stops it. */
export class BgFetchRequestEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-request';
  readonly requests: readonly (RequestInfo | URL)[];

  constructor(fetchId: string, record: FetchRecord | undefined, requests: readonly (RequestInfo | URL)[]) {
    super(BgFetchRequestEvent.eventName, fetchId, record, true);
    this.requests = requests;
  }
}

/** A finished download is about to be opened; `preventDefault()` leaves it to the page. */
export class BgFetchOpenEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-open';
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchOpenEvent.eventName, record.id, record, true);
  }
}

/** Bytes arrived, or the status changed on the way. */
export class BgFetchProgressEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-progress';
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchProgressEvent.eventName, record.id, record);
  }
}

/** The download is stored and can be served. */
export class BgFetchSuccessEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-success';
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchSuccessEvent.eventName, record.id, record);
  }
}

/** The download failed, or the browser took it away. */
export class BgFetchFailEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-fail';
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchFailEvent.eventName, record.id, record);
  }
}

/** The download was cancelled. */
export class BgFetchAbortEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-abort';
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchAbortEvent.eventName, record.id, record);
  }
}

/** The download was removed; it can be restored for a few seconds. */
export class BgFetchDiscardEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-discard';
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchDiscardEvent.eventName, record.id, record);
  }
}

/** A command was refused. */
export class BgFetchErrorEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-error';
  readonly error: Error;

  constructor(fetchId: string, record: FetchRecord | undefined, error: Error) {
    super(BgFetchErrorEvent.eventName, fetchId, record);
    this.error = error;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bg-fetch-request': BgFetchRequestEvent;
    'bg-fetch-open': BgFetchOpenEvent;
    'bg-fetch-progress': BgFetchProgressEvent;
    'bg-fetch-success': BgFetchSuccessEvent;
    'bg-fetch-fail': BgFetchFailEvent;
    'bg-fetch-abort': BgFetchAbortEvent;
    'bg-fetch-discard': BgFetchDiscardEvent;
    'bg-fetch-error': BgFetchErrorEvent;
  }
}
