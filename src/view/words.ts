/** What a record says in words: why, and what comes next. */
import { UNDO_TIME, type FetchRecord, type FetchStatus } from '../manager/record.js';
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

/** A title so long is not read to its end. */
const LONG_TITLE = /^(.{80}).+$/su;

/** How words are meant; colour is never the only sign of it. */
export type Tone = 'plain' | 'good' | 'slow' | 'bad';

/** A few words to lead, and facts to follow. */
export interface Words {
  readonly tone: Tone;
  readonly lead: string;
  readonly details: readonly string[];
}

/** What words depend on beside the record. */
export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How many downloads come before this one, where it is queued. */
  readonly ahead?: number | undefined;
  /** How many bytes are missing, where space is short. */
  readonly missing?: number | undefined;
}

/** What a row says. */
export function wordsOf(record: FetchRecord, language: Language, circumstances: Circumstances): Words {
  const { messages, tag } = language;
  const { now } = circumstances;
  const status: FetchStatus | 'removed' = record.discardedAt === undefined ? record.status : 'removed';
  switch (status) {
    case 'removed':
      return plain(messages.removed, [formatSeconds(tag, undoSeconds(record, now))]);
    case 'idle':
      return plain(messages.download, sizeOf(record, tag));
    case 'starting':
      return plain(messages.starting);
    case 'queued':
      return plain(messages.queued, queueReason(record, language, circumstances));
    case 'waiting':
      return { tone: record.waitingFor === 'retry' ? 'slow' : 'plain', lead: waitingWords(record, language, now), details: [] };
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
      return { tone: 'bad', lead: failureWords(record, language, circumstances), details: [] };
    case 'aborted':
      return plain(messages.aborted);
    case 'evicted':
      return plain(messages.evicted, sizeOf(record, tag));
  }
}

/** What a button says of the same record: shorter, and what a click would do where nothing runs. */
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

/** What is said aloud: a few words, without the title. */
export function spokenWordsOf(record: FetchRecord, language: Language, circumstances: Circumstances): string {
  const { messages, tag } = language;
  const { lead } = wordsOf(record, language, circumstances);
  if (record.status === 'done' && record.discardedAt === undefined) return formatList(tag, [messages.complete, lead]);
  const seconds = secondsLeft(record);
  return seconds === undefined
    ? lead
    : formatList(tag, [lead, fill(messages.left, { time: formatDuration(tag, seconds, 'long') })]);
}

/** One sentence about a download: its title and what is said aloud of it. */
export function sentenceOf(record: FetchRecord, language: Language, circumstances: Circumstances): string {
  const title = spokenTitleOf(record);
  const words = spokenWordsOf(record, language, circumstances);
  return title ? fill(language.messages.forTitle, { action: title, title: words }) : words;
}

/** The title as it stands before a colon; of a long one, its beginning. */
export function spokenTitleOf({ title }: FetchRecord): string {
  return title.replace(LONG_TITLE, '$1…').replace(/[\s.。,:;]+$/u, '');
}

/** Seconds in which a removal can be undone. */
export function undoSeconds({ discardedAt = 0 }: FetchRecord, now: number): number {
  return Math.max(0, Math.ceil((discardedAt + UNDO_TIME - now) / 1000));
}

/** True while the words of a record change by the clock alone. */
export function isTicking(record: FetchRecord | undefined, now: number): boolean {
  if (!record) return false;
  if (record.discardedAt !== undefined) return undoSeconds(record, now) > 0;
  return (
    record.status === 'stalled' || record.status === 'queued' || (record.status === 'waiting' && (record.waitingUntil ?? 0) > now)
  );
}

/** `64 %` with what is known of bytes, speed and time; an unknown total leads with what is there. */
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

/** Both directions, each only where there is one. */
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

function waitingWords(record: FetchRecord, { messages, tag }: Language, now: number): string {
  switch (record.waitingFor) {
    case 'retry': {
      if (record.waitingUntil === undefined) return messages.connectionFailed;
      const asked = record.files.some(({ status }) => status === 429 || status === 503);
      return fill(asked ? messages.waitingServer : messages.waitingRetry, {
        time: formatCountdown(tag, (record.waitingUntil - now) / 1000),
      });
    }
    case 'turn':
      return messages.waitingTurn;
    case 'wifi':
      return messages.waitingWifi;
    case 'click':
      return messages.waitingClick;
    case 'network':
    case undefined:
      return messages.waitingNetwork;
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

/** Why it failed, in the words of the one who waits for it. */
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

function sizeOf({ downloaded, downloadTotal }: FetchRecord, tag: string): string[] {
  const size = Math.max(downloaded, downloadTotal);
  return size > 0 ? [formatBytes(tag, size)] : [];
}

function plain(lead: string, details: readonly string[] = []): Words {
  return { tone: 'plain', lead, details };
}
