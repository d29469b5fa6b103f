/** The messages of the elements by key, and those in English that are needed first. */

/** Message templates; names in braces are replaced. */
export interface Messages {
  download: string;
  downloadAgain: string;
  starting: string;
  queued: string;
  ahead: string;
  waitingNetwork: string;
  tryingAgain: string;
  waitingRetry: string;
  connectionLost: string;
  waitingServer: string;
  waitingTurn: string;
  waitingWifi: string;
  waitingClick: string;
  soFar: string;
  keptSize: string;
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
  notStored: string;
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
  removeAll: string;
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

/** The messages that are needed before there is any download, and at the click for the first. */
export const firstWords = {
  download: 'Download',
  starting: 'Starting…',
  done: 'Available offline',
  failed: 'Failed',
  downloads: 'Downloads',
  group: '{group}, {count}',
  empty: 'No downloads yet',
} satisfies Partial<Messages>;

/** The language of an element that shows no download yet. */
export interface FirstLanguage {
  readonly tag: string;
  readonly messages: Pick<Messages, keyof typeof firstWords> & Partial<Messages>;
}

/** The language of an element: a BCP 47 tag for numbers and dates, and the messages. */
export interface Language {
  readonly tag: string;
  readonly messages: Messages;
}

/** Replaces the names in a template. Values get no direction marks: the direction of the template isolates them. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
