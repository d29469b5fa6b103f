/** The words for a record: its status, the reason, and the next step. */
import { isActive, isTriedAgain, UNDO_TIME, type FetchRecord, type FetchStatus } from '../manager/record.js';
import { formatBytes, formatRate } from './bytes.js';
import {
  formatBytesOf,
  formatCountdown,
  formatDay,
  formatDuration,
  formatList,
  formatNumber,
  formatPercent,
  formatSeconds,
} from './format.js';
import { rateOf } from './course.js';
import { fill, type Language } from './messages.js';
import { progressOf, secondsLeft } from './progress.js';
import { toText } from './text.js';

/** Longest title in an announcement, in characters. */
const LONG_TITLE = /^(.{80}).+$/su;

/** Meaning of words; it is never shown by colour alone. */
export type Tone = 'plain' | 'good' | 'slow' | 'bad';

/** A short lead and details. */
export interface Words {
  readonly tone: Tone;
  readonly lead: string;
  readonly details: readonly string[];
}

/** Values that words depend on in addition to the record. */
export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Number of queued downloads before this one. */
  readonly ahead?: number | undefined;
  /** True while the time to restore it does not run. */
  readonly isHeld?: boolean | undefined;
  /** Missing space in bytes. */
  readonly missing?: number | undefined;
}

export function wordsOf(record: FetchRecord, language: Language, circumstances: Circumstances): Words {
  const { messages, tag } = language;
  const { now } = circumstances;
  const status: FetchStatus | 'removed' = record.discardedAt === undefined ? record.status : 'removed';
  switch (status) {
    case 'removed': {
      const seconds = circumstances.isHeld ? 0 : undoSeconds(record, now);
      return plain(isActive(record) ? messages.aborted : messages.removed, seconds > 0 ? [formatSeconds(tag, seconds)] : []);
    }
    case 'idle':
      return plain(messages.download, sizeOf(record, tag));
    case 'starting':
      return plain(messages.starting);
    case 'queued':
      return plain(messages.queued, queueReason(record, language, circumstances));
    case 'waiting':
      return {
        tone: isTriedAgain(record) ? 'slow' : 'plain',
        lead: waitingWords(record, language, now),
        details: keptWords(record, language),
      };
    case 'downloading':
      return downloadingWords(record, language);
    case 'stalled':
      return {
        tone: 'slow',
        lead: fill(messages.stalled, { time: formatSeconds(tag, Math.max(1, (now - record.changedAt) / 1000)) }),
        details: [],
      };
    case 'paused': {
      const { value } = progressOf(record);
      return plain(
        value === undefined ? messages.paused : fill(messages.pausedAt, { percent: formatPercent(tag, value) }),
        bytesWords(record, language),
      );
    }
    case 'saving':
      return plain(messages.saving);
    case 'done':
      return { tone: 'good', lead: messages.done, details: [...sizeOf(record, tag), formatDay(tag, record.changedAt, now)] };
    case 'failed':
      return {
        tone: 'bad',
        lead: failureWords(record, language, circumstances),
        details: keptWords({ ...record, downloaded: keptOf(record) }, language),
      };
    case 'aborted':
      return plain(messages.aborted);
    case 'evicted':
      return plain(messages.evicted, sizeOf(record, tag));
  }
}

/** Selects the words of a button: shorter, and the action of a click if the download is not active. */
export function briefWordsOf(record: FetchRecord, language: Language, circumstances: Circumstances): Words {
  const words = wordsOf(record, language, circumstances);
  if (record.discardedAt !== undefined) return words;
  const { messages } = language;
  switch (record.status) {
    case 'downloading': {
      const [bytes, rate, left] = words.details;
      if (progressOf(record).value === undefined) return words;
      return {
        ...words,
        details: rate === undefined ? [bytes ?? ''] : [left === undefined ? rate : formatList(language.tag, [rate, left])],
      };
    }
    case 'paused':
      return { ...words, lead: messages.paused };
    case 'failed':
    case 'done':
      return { ...words, details: [] };
    case 'aborted':
      return { ...words, lead: messages.download, details: [messages.aborted] };
    case 'evicted':
      return { ...words, lead: messages.downloadAgain, details: [messages.evicted] };
    default:
      return words;
  }
}

/** Returns a short announcement without the title. */
export function spokenWordsOf(record: FetchRecord, language: Language, circumstances: Circumstances): string {
  const { messages, tag } = language;
  const { lead } = wordsOf(record, language, circumstances);
  if (record.status === 'done' && record.discardedAt === undefined) return formatList(tag, [messages.complete, lead]);
  const seconds = secondsLeft(record);
  return seconds === undefined
    ? lead
    : formatList(tag, [lead, fill(messages.left, { time: formatDuration(tag, seconds, 'long') })]);
}

/** Returns an announcement with the title. */
export function sentenceOf(record: FetchRecord, language: Language, circumstances: Circumstances): string {
  const title = spokenTitleOf(record);
  const words = spokenWordsOf(record, language, circumstances);
  return title ? fill(language.messages.forTitle, { action: title, title: words }) : words;
}

/** Returns the title for use before a colon, shortened if it is long. */
export function spokenTitleOf({ title }: FetchRecord): string {
  return toText(title)
    .replace(LONG_TITLE, '$1…')
    .replace(/[\s.。,:;]+$/u, '');
}

export function undoSeconds({ discardedAt = 0 }: FetchRecord, now: number): number {
  return Math.max(0, Math.ceil((discardedAt + UNDO_TIME - now) / 1000));
}

/** Returns true while the words of a record change with the clock. */
export function isTicking(record: FetchRecord | undefined, now: number): boolean {
  if (!record) return false;
  if (record.discardedAt !== undefined) return undoSeconds(record, now) > 0;
  return (
    record.status === 'stalled' || record.status === 'queued' || (record.status === 'waiting' && (record.waitingUntil ?? 0) > now)
  );
}

/** Formats `64 %` with bytes, speed and time left; without a total the received bytes lead. */
function downloadingWords(record: FetchRecord, language: Language): Words {
  const { messages, tag } = language;
  const { value } = progressOf(record);
  const rate = rateOf(record);
  const seconds = secondsLeft(record);
  const details = value === undefined ? [] : bytesWords(record, language);
  if (rate !== undefined) details.push(formatRate(tag, rate));
  if (seconds !== undefined) details.push(fill(messages.about, { time: formatDuration(tag, seconds) }));
  return plain(value === undefined ? (bytesWords(record, language)[0] ?? '') : formatPercent(tag, value), details);
}

function bytesWords({ downloaded, downloadTotal, uploaded, uploadTotal }: FetchRecord, { messages, tag }: Language): string[] {
  if (uploadTotal > 0 && uploaded < uploadTotal) {
    return [fill(messages.sent, { size: fill(messages.of, { ...formatBytesOf(tag, uploaded, uploadTotal) }) })];
  }
  const size =
    downloadTotal > 0
      ? fill(messages.of, formatBytesOf(tag, Math.min(downloaded, downloadTotal), downloadTotal))
      : fill(messages.soFar, { size: formatBytes(tag, downloaded) });
  return [size];
}

function keptWords({ downloaded, downloadTotal }: FetchRecord, { messages, tag }: Language): string[] {
  if (downloaded === 0) return [];
  const size =
    downloadTotal > 0 ? fill(messages.of, formatBytesOf(tag, downloaded, downloadTotal)) : formatBytes(tag, downloaded);
  return [fill(messages.keptSize, { size })];
}

function waitingWords(record: FetchRecord, { messages, tag }: Language, now: number): string {
  const { waitingFor, waitingUntil } = record;
  const isDue = waitingUntil !== undefined && waitingUntil <= now;
  if (isDue && isTriedAgain(record)) return messages.tryingAgain;
  const time = waitingUntil === undefined ? '' : formatCountdown(tag, (waitingUntil - now) / 1000);
  switch (waitingFor) {
    case 'retry': {
      if (!time) return messages.connectionFailed;
      const isBusy = record.files.some(({ status }) => status === 429 || status === 503);
      return fill(isBusy ? messages.waitingServer : messages.waitingRetry, { time });
    }
    case 'turn':
      return messages.waitingTurn;
    case 'wifi':
      return messages.waitingWifi;
    case 'click':
      return messages.waitingClick;
    case 'network':
    case undefined:
      return time ? fill(messages.connectionLost, { time }) : messages.waitingNetwork;
  }
}

function queueReason(record: FetchRecord, { messages, tag }: Language, { ahead = 0 }: Circumstances): string[] {
  switch (record.waitingFor) {
    case 'click':
      return [messages.waitingClick];
    case 'wifi':
      return [messages.waitingWifi];
    case 'network':
      return [messages.waitingNetwork];
    default:
      if (ahead > 0) return [fill(messages.ahead, { count: formatNumber(tag, ahead) })];
      return record.waitingFor === 'turn' ? [messages.waitingTurn] : [];
  }
}

/** Returns the reason of a failure in the visitor's terms. */
function failureWords(record: FetchRecord, { messages, tag }: Language, { missing }: Circumstances): string {
  switch (record.failureReason) {
    case 'bad-status': {
      const status = record.files.find((file) => file.status >= 400)?.status ?? 0;
      if (status === 404 || status === 410) return messages.notFound;
      if (status === 401 || status === 403) return messages.refused;
      if (status >= 500) return fill(messages.serverTrouble, { status });
      return status > 0 ? fill(messages.badStatus, { status }) : messages.failed;
    }
    case 'fetch-error':
      if (record.failureCause === 'storage') return messages.notStored;
      return record.failureCause === 'integrity' ? messages.mismatch : messages.connectionFailed;
    case 'quota-exceeded':
      return missing !== undefined && missing > 0
        ? fill(messages.noSpaceBy, { size: formatBytes(tag, missing) })
        : messages.noSpace;
    case 'download-total-exceeded':
      return messages.tooLarge;
    case 'aborted':
      return messages.aborted;
    case '':
      return messages.failed;
  }
}

/** Returns the bytes that the next attempt does not request again: stored files, and partial ones if the engine keeps them. */
function keptOf({ engine, failureReason, failureCause, files, downloaded }: FetchRecord): number {
  const isPartKept = failureReason === 'quota-exceeded' || (failureReason === 'fetch-error' && failureCause !== 'integrity');
  if (engine === 'in-page' && isPartKept) return downloaded;
  return files.reduce((size, file) => size + (file.state === 'done' ? file.downloaded : 0), 0);
}

function sizeOf({ downloaded, downloadTotal }: FetchRecord, tag: string): string[] {
  const size = Math.max(downloaded, downloadTotal);
  return size > 0 ? [formatBytes(tag, size)] : [];
}

function plain(lead: string, details: readonly string[] = []): Words {
  return { tone: 'plain', lead, details };
}
