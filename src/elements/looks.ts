/** How a button looks in each status: what its icon is, and what a click does. */
import type { TemplateResult } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { actionsOf, type Action } from '../view/actions.js';
import { progressOf } from '../view/progress.js';
import { icon, ring, type GlyphName } from './icons.js';

/** The icon that leads, which is the progress while there is some. */
export function leadIcon(record: FetchRecord | undefined): TemplateResult {
  if (record?.discardedAt !== undefined) return icon('bin');
  switch (record?.status) {
    case undefined:
    case 'idle':
    case 'aborted':
      return icon('download');
    case 'starting':
      return ring(undefined);
    case 'queued':
      return icon('clock');
    case 'waiting':
      return icon(
        record.waitingFor === 'network' || record.waitingFor === 'wifi' || record.waitingFor === undefined ? 'offline' : 'clock',
      );
    case 'downloading':
      return ringOf(record, record.engine === 'in-page' ? 'pause' : 'cancel');
    case 'stalled':
      return ringOf(record, 'bang');
    case 'paused':
      return ringOf(record, 'play');
    case 'saving':
      return ring(undefined);
    case 'done':
      return icon('check');
    case 'failed':
      return icon('bang');
    case 'evicted':
      return icon('again');
  }
}

function ringOf(record: FetchRecord, glyph: GlyphName): TemplateResult {
  const { value, indeterminate } = progressOf(record);
  return ring(indeterminate ? undefined : (value ?? 0), glyph);
}

/** What a click on the button itself does; undefined while there is nothing to do but wait. */
export function mainAction(record: FetchRecord | undefined): Action | undefined {
  if (!record) return 'start';
  const [first] = actionsOf(record);
  if (record.status === 'aborted' || record.status === 'evicted') return record.discardedAt === undefined ? 'start' : 'restore';
  // A second click of a double click must not end what the first began.
  return first === 'abort' && record.status !== 'downloading' ? undefined : first;
}
