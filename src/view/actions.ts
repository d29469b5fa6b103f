/** The commands that a download offers in its present status. */
import type { FetchRecord } from '../manager/record.js';
import type { Messages } from './messages.js';

/** A command of the visitor, named as its message. */
export type Action =
  'start' | 'pause' | 'resume' | 'hurry' | 'abort' | 'retry' | 'move' | 'open' | 'save' | 'discard' | 'restore';

/** Returns the commands on offer, the most likely first. Pause is offered only if the engine can pause. */
export function actionsOf(record: FetchRecord): readonly Action[] {
  if (record.discardedAt !== undefined) return ['restore'];
  const holds = record.engine === 'in-page';
  switch (record.status) {
    case 'idle':
      return ['start'];
    case 'starting':
      return ['abort'];
    case 'queued':
    case 'waiting':
      return record.waitingFor === 'click' || holds ? ['hurry', 'abort'] : ['abort'];
    case 'downloading':
      return holds ? ['pause', 'abort'] : ['abort'];
    case 'stalled':
      return holds ? ['abort'] : ['move', 'abort'];
    case 'paused':
      return ['resume', 'abort'];
    case 'saving':
      return [];
    case 'done':
      return ['open', 'save', 'discard'];
    case 'failed':
    case 'aborted':
    case 'evicted':
      return ['retry', 'discard'];
  }
}

const WORDS = {
  start: 'download',
  pause: 'pause',
  resume: 'resume',
  hurry: 'startNow',
  abort: 'cancel',
  retry: 'retry',
  move: 'move',
  open: 'open',
  save: 'save',
  discard: 'remove',
  restore: 'undo',
} as const satisfies Record<Action, keyof Messages>;

export function wordOf(action: Action, messages: Messages): string {
  return messages[WORDS[action]];
}
