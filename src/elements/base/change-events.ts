/** Maps changes of records to events. */
import type { FetchRecord } from '../../manager/record.js';
import {
  BgFetchAbortEvent,
  BgFetchDiscardEvent,
  BgFetchFailEvent,
  BgFetchProgressEvent,
  BgFetchSuccessEvent,
  type BgFetchEvent,
} from '../events.js';

/** Dispatches the event of a change on `target`. The initial state dispatches none. */
export function dispatchChange(target: EventTarget, record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
  const event = record && previous && eventOf(record, previous);
  if (event) target.dispatchEvent(event);
}

function eventOf(record: FetchRecord, previous: FetchRecord): BgFetchEvent | undefined {
  if (record.discardedAt !== undefined) return previous.discardedAt === undefined ? new BgFetchDiscardEvent(record) : undefined;
  if (record.status === previous.status && record.startedAt === previous.startedAt) {
    const moved = record.downloaded !== previous.downloaded || record.uploaded !== previous.uploaded;
    return moved ? new BgFetchProgressEvent(record) : undefined;
  }
  switch (record.status) {
    case 'done':
      return new BgFetchSuccessEvent(record);
    case 'failed':
    case 'evicted':
      return new BgFetchFailEvent(record);
    case 'aborted':
      return new BgFetchAbortEvent(record);
    default:
      return new BgFetchProgressEvent(record);
  }
}
