/** What one file of a download says. */
import { expect, it } from 'vitest';
import type { FileProgress } from '../../src/standard/extras.js';
import { english } from '../../src/view/english.js';
import { fileLineOf } from '../../src/view/file-lines.js';

const language = { tag: 'en', messages: english };
const file: FileProgress = { url: 'https://a.test/part-1.mp3', downloaded: 0, downloadTotal: 0, state: 'waiting', status: 0 };

it.each<[Partial<FileProgress>, string]>([
  [{}, 'Waiting'],
  [{ state: 'downloading' }, 'Downloading'],
  [{ state: 'downloading', downloaded: 1_500_000 }, '1.5 MB so far'],
  [{ state: 'downloading', downloaded: 1_500_000, downloadTotal: 3_000_000 }, '1.5 of 3 MB'],
  [{ state: 'done', downloaded: 10 }, 'Done'],
  [{ state: 'failed', status: 404 }, 'The server answered 404'],
])('%j reads "%s"', (change, words) => {
  expect(fileLineOf({ ...file, ...change }, language)).toMatchObject({ name: 'part-1.mp3', words });
});
