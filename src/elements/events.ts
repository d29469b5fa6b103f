/** Events of the elements. All bubble and are composed; those before an action are cancelable. */
import type { FetchRecord } from '../manager/record.js';

/** Base class of the events, with the id and the current record of the download. */
export class BgFetchEvent extends Event {
  /** Id of the download. */
  readonly fetchId: string;
  /** Record of the download; undefined if the download does not exist yet. */
  readonly record: FetchRecord | undefined;

  constructor(type: string, fetchId: string, record: FetchRecord | undefined, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.fetchId = fetchId;
    this.record = record;
  }
}

/** Dispatched before a download starts; `preventDefault()` prevents it. */
export class BgFetchRequestEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-request';
  /** Requests of the download. */
  readonly requests: readonly (RequestInfo | URL)[];

  constructor(fetchId: string, record: FetchRecord | undefined, requests: readonly (RequestInfo | URL)[]) {
    super(BgFetchRequestEvent.eventName, fetchId, record, true);
    this.requests = requests;
  }
}

/** Dispatched before a stored download is opened; `preventDefault()` leaves it to the page. */
export class BgFetchOpenEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-open';
  /** Record of the download. */
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchOpenEvent.eventName, record.id, record, true);
  }
}

/** Dispatched when bytes arrive or the status of an active download changes. */
export class BgFetchProgressEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-progress';
  /** Record of the download. */
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchProgressEvent.eventName, record.id, record);
  }
}

/** Dispatched when the download is stored and can be served. */
export class BgFetchSuccessEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-success';
  /** Record of the download. */
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchSuccessEvent.eventName, record.id, record);
  }
}

/** Dispatched when the download failed or was evicted by the browser. */
export class BgFetchFailEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-fail';
  /** Record of the download. */
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchFailEvent.eventName, record.id, record);
  }
}

/** Dispatched when the download was aborted. */
export class BgFetchAbortEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-abort';
  /** Record of the download. */
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchAbortEvent.eventName, record.id, record);
  }
}

/** Dispatched when the download was removed or cancelled; it can be restored for ten seconds. */
export class BgFetchDiscardEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-discard';
  /** Record of the download. */
  declare readonly record: FetchRecord;

  constructor(record: FetchRecord) {
    super(BgFetchDiscardEvent.eventName, record.id, record);
  }
}

/** Dispatched when a command failed. */
export class BgFetchErrorEvent extends BgFetchEvent {
  static readonly eventName = 'bg-fetch-error';
  /** Reason of the failure. */
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
