/** Checks messages of the engine's channel, to which every script of the origin can post. */
import {
  isCause,
  isFile,
  isFlag,
  isReason,
  isResult,
  isSize,
  isText,
  isWait,
  listOf,
  objectOf,
  oneOf,
  optional,
} from '../../../standard/shape.js';
import type { RegistrationFacts } from './fetch-progress.js';

/** Messages of the channel. `facts` are complete, so that the next message replaces a lost one. */
export type Message =
  | { readonly kind: 'added'; readonly uid: string }
  | { readonly kind: 'command'; readonly uid: string; readonly command: Command }
  | { readonly kind: 'facts'; readonly uid: string; readonly facts: RegistrationFacts };

/** Commands of a registration to the leader. */
export type Command = 'abort' | 'pause' | 'resume' | 'prioritize' | 'report';

const isCommand = oneOf('abort', 'pause', 'resume', 'prioritize', 'report');

const areFacts = objectOf({
  downloaded: isSize,
  downloadTotal: isSize,
  uploaded: isSize,
  uploadTotal: isSize,
  result: isResult,
  failureReason: isReason,
  recordsAvailable: isFlag,
  extras: objectOf({
    state: oneOf('queued', 'waiting', 'downloading', 'stalled', 'paused', 'settled'),
    waitingFor: optional(isWait),
    waitingUntil: optional(isSize),
    files: listOf(isFile),
    failureDetail: isText,
    failureCause: optional(isCause),
  }),
});

const isAdded = objectOf({ kind: oneOf('added'), uid: isText });
const isCommandMessage = objectOf({ kind: oneOf('command'), uid: isText, command: isCommand });
const isFactsMessage = objectOf({ kind: oneOf('facts'), uid: isText, facts: areFacts });

export function isMessage(data: unknown): data is Message {
  return [isAdded, isCommandMessage, isFactsMessage].some((check) => check(data));
}
