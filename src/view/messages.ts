/** Every word the elements say, in English; the other languages have the same names. */

/** Templates: a name in braces is filled in. */
export interface Messages {
  download: string;
  downloadAgain: string;
  starting: string;
  queued: string;
  ahead: string;
  waitingNetwork: string;
  waitingRetry: string;
  waitingServer: string;
  waitingTurn: string;
  waitingWifi: string;
  waitingClick: string;
  soFar: string;
  of: string;
  about: string;
  left: string;
  sent: string;
  stalled: string;
  paused: string;
  pausedAt: string;
  saving: string;
  done: string;
  complete: string;
  failed: string;
  notFound: string;
  refused: string;
  serverTrouble: string;
  badStatus: string;
  connectionFailed: string;
  mismatch: string;
  noSpace: string;
  noSpaceBy: string;
  tooLarge: string;
  aborted: string;
  evicted: string;
  removed: string;
  startNow: string;
  pause: string;
  resume: string;
  cancel: string;
  retry: string;
  move: string;
  open: string;
  save: string;
  remove: string;
  undo: string;
  more: string;
  freeSpace: string;
  forTitle: string;
  downloads: string;
  downloading: string;
  waiting: string;
  finished: string;
  group: string;
  pauseAll: string;
  clear: string;
  empty: string;
  added: string;
  files: string;
  used: string;
  usedOnly: string;
  free: string;
  mayClear: string;
  keep: string;
  kept: string;
  notKept: string;
  other: string;
}

/** The words every page has from the start. */
export const english: Messages = {
  download: 'Download',
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
  done: 'Available offline',
  complete: 'complete',
  failed: 'Failed',
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
  downloads: 'Downloads',
  downloading: 'Downloading',
  waiting: 'Waiting',
  finished: 'Done',
  group: '{group}, {count}',
  pauseAll: 'Pause all',
  clear: 'Clear',
  empty: 'No downloads yet',
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

/** What an element speaks: a BCP 47 tag for numbers and dates, and the words. */
export interface Language {
  readonly tag: string;
  readonly messages: Messages;
}

/** A template with its names filled in. Each value is isolated by the template's own direction, not by marks. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
