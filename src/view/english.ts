/** Every word the elements say, in English; the other languages have the same names. */
import { firstWords, type FirstLanguage, type Language, type Messages } from './messages.js';

/** The English words. */
export const english: Messages = {
  ...firstWords,
  downloadAgain: 'Download again',
  starting: 'Starting…',
  queued: 'Queued',
  ahead: '{count} ahead',
  waitingNetwork: 'Waiting for the network',
  waitingRetry: 'Trying again in {time}',
  waitingServer: 'The server asked to wait, trying again in {time}',
  waitingTurn: 'Waiting for its turn',
  waitingWifi: 'Waiting for Wi-Fi',
  waitingClick: 'Waiting for a click',
  soFar: '{size} so far',
  of: '{done} of {total}',
  about: 'about {time}',
  left: 'about {time} left',
  sent: '{size} sent',
  stalled: 'No data for {time}',
  paused: 'Paused',
  pausedAt: 'Paused at {percent}',
  saving: 'Saving…',
  complete: 'complete',
  notFound: 'Not found on the server',
  refused: 'The server refused access',
  serverTrouble: 'The server has a problem ({status})',
  badStatus: 'The server answered {status}',
  connectionFailed: 'The connection failed',
  mismatch: 'Not the file that was expected',
  noSpace: 'Not enough space',
  noSpaceBy: 'Not enough space, {size} missing',
  tooLarge: 'Larger than expected',
  aborted: 'Cancelled',
  evicted: 'Removed by the browser',
  removed: 'Removed',
  startNow: 'Start now',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  retry: 'Try again',
  move: 'Continue in this page',
  open: 'Open',
  save: 'Save to disk',
  remove: 'Remove',
  undo: 'Undo',
  more: 'More',
  freeSpace: 'Free space',
  forTitle: '{action}: {title}',
  downloading: 'Downloading',
  waiting: 'Waiting',
  finished: 'Done',
  pauseAll: 'Pause all',
  clear: 'Clear',
  added: '{title} added',
  files: 'Files',
  used: '{used} of {total} used',
  usedOnly: '{used} used',
  free: '{size} left',
  mayClear: 'The browser may clear this when space is short.',
  keep: 'Keep it',
  kept: 'The browser keeps this.',
  notKept: 'The browser did not agree to keep this.',
  other: 'Other data',
};

const whole = new WeakMap<FirstLanguage, Language>();

/** A language with every word; English where it has none. The same object for the same language. */
export function wholeOf(language: FirstLanguage): Language {
  let found = whole.get(language);
  if (!found) whole.set(language, (found = { tag: language.tag, messages: { ...english, ...language.messages } }));
  return found;
}
