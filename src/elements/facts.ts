/** Which event a change of a record is. */
import type { FetchRecord } from '../manager/record.js';
import {
  BgFetchAbortEvent,
  BgFetchDiscardEvent,
  BgFetchFailEvent,
  BgFetchProgressEvent,
  BgFetchSuccessEvent,
  type BgFetchEvent,
} from './events.js';

/** Tells of a change at `target`. What was so before anyone looked is no news. */
export function tellFact(target: EventTarget, record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
  const event = record && previous && factOf(record, previous);
  if (event) target.dispatchEvent(event);
}

function factOf(record: FetchRecord, previous: FetchRecord): BgFetchEvent | undefined {
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
