/** What the elements say, by name, and the first words of it in English. */

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

/** The words that are needed before there is any download. */
export const firstWords = {
  download: 'Download',
  done: 'Available offline',
  failed: 'Failed',
  downloads: 'Downloads',
  group: '{group}, {count}',
  empty: 'No downloads yet',
} satisfies Partial<Messages>;

/** What an element speaks while it has nothing to tell of a download. */
export interface FirstLanguage {
  readonly tag: string;
  readonly messages: Pick<Messages, keyof typeof firstWords> & Partial<Messages>;
}

/** What an element speaks: a BCP 47 tag for numbers and dates, and the words. */
export interface Language {
  readonly tag: string;
  readonly messages: Messages;
}

/** A template with its names filled in. Each value is isolated by the template's own direction, not by marks. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
