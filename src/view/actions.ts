/** What can be done with a download as it is now. */
import type { FetchRecord } from '../manager/record.js';
import type { Messages } from './messages.js';

/** A command a person may give, by the name of its word. */
export type Action =
  'start' | 'pause' | 'resume' | 'hurry' | 'abort' | 'retry' | 'move' | 'open' | 'save' | 'discard' | 'restore';

/** The commands on offer, the most wanted first. Pause is offered only where the engine can. */
export function actionsOf(record: FetchRecord): readonly Action[] {
  if (record.discardedAt !== undefined) return ['restore'];
  const holds = record.engine === 'in-page';
  switch (record.status) {
    case 'idle':
      return ['start'];
    case 'starting':
      return ['abort'];
    case 'queued':
      return record.waitingFor === 'click' || holds ? ['hurry', 'abort'] : ['abort'];
    case 'waiting':
      return record.waitingFor === 'network' || !(holds || record.waitingFor === 'click') ? ['abort'] : ['hurry', 'abort'];
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

/** The word for a command. */
export function wordOf(action: Action, messages: Messages): string {
  return messages[WORDS[action]];
}
