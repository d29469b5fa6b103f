/** Every word the elements say can be the site's: with all of them replaced, none is left that is not. */
import { html } from 'lit';
import { expect, it, vi } from 'vitest';
import { setMessages } from '../../src/elements/base/localizer.js';
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord, steadyCourse, type RecordParts } from '../../src/testing/index.js';
import { english } from '../../src/view/english.js';
import type { Messages } from '../../src/view/messages.js';
import { drawn, justRemoved, stage } from './puppet.js';

const NAMES = Object.keys(english) as (keyof Messages)[];
const LANG = 'en-x-site';
/** What `Intl` says, not the kit. */
const BY_INTL = /\b(?:k|M|G)?B(?:\/s)?\b|\bbytes?\b|\b(?:sec|min|hr|day)(?:ond|ute|our)?s?\b|\btoday\b/g;
const TITLE = '555';

const STATUSES: readonly FetchStatus[] = [
  'idle',
  'starting',
  'downloading',
  'stalled',
  'paused',
  'saving',
  'done',
  'aborted',
  'evicted',
];
const url = (name: string) => `https://1.example/${name}`;
const file = (status: number) => [
  { url: url('1'), downloaded: 1, downloadTotal: 2, state: 'downloading' as const, status },
  { url: url('2'), downloaded: 1, downloadTotal: 1, state: 'done' as const, status: 200 },
  { url: url('3'), downloaded: 0, downloadTotal: 1, state: 'waiting' as const, status: 0 },
  { url: url('4'), downloaded: 0, downloadTotal: 1, state: 'failed' as const, status: 404 },
];

const LOOKS: readonly RecordParts[] = [
  ...STATUSES.map((status) => ({ status })),
  justRemoved,
  { downloadTotal: 0 },
  { downloaded: 0, downloadTotal: 0, uploaded: 1_000_000, uploadTotal: 9_000_000 },
  { status: 'stalled', engine: 'native' },
  { files: file(200), urls: ['1', '2', '3', '4'].map(url) },
  ...([undefined, 'network', 'wifi', 'turn', 'click'] as const).flatMap((waitingFor) => [
    { status: 'queued' as const, waitingFor },
    { status: 'waiting' as const, waitingFor },
  ]),
  { status: 'waiting', waitingFor: 'retry' },
  { status: 'waiting', waitingFor: 'retry', waitingUntil: Date.now() },
  { status: 'waiting', waitingFor: 'network', waitingUntil: Date.now() + 90_000 },
  { status: 'waiting', waitingFor: 'retry', waitingUntil: Date.now() + 90_000 },
  { status: 'waiting', waitingFor: 'retry', waitingUntil: Date.now() + 90_000, files: file(503) },
  ...[403, 404, 418, 500].map((status) => ({
    status: 'failed' as const,
    failureReason: 'bad-status' as const,
    files: file(status).slice(0, 1),
  })),
  ...(['', 'fetch-error', 'quota-exceeded', 'quota-exceeded', 'download-total-exceeded', 'aborted'] as const).map(
    (failureReason) => ({
      status: 'failed' as const,
      failureReason,
    }),
  ),
  { status: 'failed', failureReason: 'fetch-error', failureCause: 'integrity' },
  { status: 'failed', failureReason: 'fetch-error', failureCause: 'storage' },
];

const everything = html`<div lang=${LANG}>
  <bg-fetch-button fetch-id="5" src="/1"></bg-fetch-button>
  <bg-fetch-button src="/2"></bg-fetch-button>
  <bg-fetch-progress fetch-id="5"></bg-fetch-progress>
  <bg-fetch-progress value="0.5"></bg-fetch-progress>
  <bg-fetch-status fetch-id="5"></bg-fetch-status>
  <bg-fetch-item fetch-id="5"></bg-fetch-item>
  <bg-fetch-list></bg-fetch-list>
  <bg-fetch-indicator></bg-fetch-indicator>
  <bg-fetch-storage></bg-fetch-storage>
</div>`;

/** All that is read or heard in a tree and in those inside it. */
function wordsIn(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((each) => [
    ...['aria-label', 'aria-valuetext', 'title'].map((name) => each.getAttribute(name) ?? ''),
    ...(each.localName === 'style' ? [] : [...each.childNodes].map((node) => (node instanceof Text ? node.data : ''))),
    ...(each.shadowRoot ? wordsIn(each.shadowRoot) : []),
  ]);
}

it('renders every message, and none that the site has not replaced', { timeout: 300_000 }, async () => {
  // Each word is its own name, in brackets, with what is filled in.
  const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].join(' ');
  setMessages(LANG, Object.fromEntries(NAMES.map((name) => [name, `[${name} ${names(english[name])}]`])));
  const seen = new Set<string>();
  const others = new Set<string>();
  const listen = (root: ParentNode) => {
    for (const word of wordsIn(root)) {
      for (const [, name] of word.matchAll(/\[(\w+) /g)) if (name) seen.add(name);
      const left = word.replaceAll(/\[\w+ |\]/g, '').replaceAll(BY_INTL, '');
      if (/\p{L}/u.test(left)) others.add(word);
    }
  };
  for (const [index, look] of LOOKS.entries()) {
    const { element, puppet } = await stage('div', everything);
    listen(element);
    const parts = { id: '5', title: TITLE, urls: [url('1')], startedAt: Date.now(), ...look };
    puppet.space = { usage: 9_000_000_000, quota: index % 2 ? 9_000_000_001 : 0, persisted: index % 3 === 0 };
    if (look.status === 'queued') puppet.set('4', { id: '4', title: '4', startedAt: 1 });
    for (const record of steadyCourse(createRecord(parts), 1_000_000)) puppet.records.set(record);
    const [indicator, storage] = [element.querySelector('bg-fetch-indicator')!, element.querySelector('bg-fetch-storage')!];
    await Promise.all([...element.children].map(drawn));
    listen(element);
    for (const free of element.querySelector('bg-fetch-item')?.shadowRoot?.querySelectorAll<HTMLElement>('[data-action=free]') ??
      [])
      free.click();
    vi.spyOn(puppet, 'persist').mockResolvedValue(false);
    await storage.persist();
    indicator.show();
    await Promise.all([...element.children].map(drawn));
    listen(element);
    indicator.hide();
    element.remove();
  }
  expect([...others]).toEqual([]);
  expect(NAMES.filter((name) => !seen.has(name))).toEqual([]);
});
