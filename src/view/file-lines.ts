/** The files of one download as lines of a list. */
import type { FileProgress } from '../standard/extras.js';
import { formatBytes } from './bytes.js';
import { formatBytesOf } from './format.js';
import { fill, type Language } from './messages.js';
import { fileNameOf } from './picture.js';
import type { Tone } from './words.js';

/** One file: name and progress. */
export interface FileLine {
  readonly name: string;
  readonly words: string;
  readonly tone: Tone;
}

export function fileLineOf(
  { url, state, status, downloaded, downloadTotal }: FileProgress,
  { messages, tag }: Language,
): FileLine {
  const name = fileNameOf(url);
  switch (state) {
    case 'done':
      return { name, words: messages.finished, tone: 'good' };
    case 'failed':
      return { name, words: status >= 400 ? fill(messages.badStatus, { status }) : messages.failed, tone: 'bad' };
    case 'waiting':
    case 'downloading':
      // The native engine does not report progress per file.
      if (downloaded === 0) return { name, words: state === 'waiting' ? messages.waiting : messages.downloading, tone: 'plain' };
  }
  const words =
    downloadTotal > 0
      ? fill(messages.of, { ...formatBytesOf(tag, Math.min(downloaded, downloadTotal), downloadTotal) })
      : fill(messages.soFar, { size: formatBytes(tag, downloaded) });
  return { name, words, tone: 'plain' };
}
