/** WebKitGTK says nothing of its room, and once it has refused a byte lets nothing be written any more: the kit stops before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { MiniBrowser } from '../browsers/mini-browser.js';
import { TestServer } from '../server/server.js';
import { page, whole } from './stage.js';

const MIB = 1024 * 1024;
/** What WebKitGTK lets an origin have without being asked, and some more. */
const [FIRST, SECOND] = [700 * MIB, 340 * MIB];
const [FIRST_URL, SECOND_URL] = [FIRST, SECOND].map((size) => `/files/room.bin?seed=room&size=${size}`);
/** What the kit takes of it. */
const ROOM = 900 * MIB;

/** Tells the server what becomes of two downloads that are too much together, and of the second once the first is removed. */
const TELLING =
  page(`<bg-fetch-provider service-worker="/sw.js"><bg-fetch-list></bg-fetch-list><bg-fetch-storage></bg-fetch-storage></bg-fetch-provider>
<script type="module">
  const tell = (what) => fetch('/files/told?size=0&' + new URLSearchParams({ what: JSON.stringify(what) }));
  const { client } = document.querySelector('bg-fetch-provider');
  const list = document.querySelector('bg-fetch-list');
  const read = (node) => node.data ?? (node.localName === 'style' ? '' : [...(node.shadowRoot ?? node).childNodes].map(read).join(' '));
  const words = () => read(list).replace(/\\s+/g, ' ');
  const until = async (is) => {
    while (!is()) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const status = (id) => client.records.get(id)?.status;
  try {
    await client.start('first', '${FIRST_URL}');
    await until(() => status('first') === 'done');
    await client.start('second', '${SECOND_URL}');
    await until(() => status('second') === 'failed');
    await until(() => words().includes('Not enough space, 147 MB missing'));
    const { downloaded, failureReason } = client.records.get('second');
    await client.discard('first');
    await until(() => !client.records.get('first'));
    await client.retry('second');
    await until(() => status('second') === 'done');
    const bytes = await (await fetch('${SECOND_URL}')).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    await tell({ downloaded, failureReason, size: bytes.byteLength, sha256 });
  } catch (error) {
    await tell({ error: String(error) });
  }
</script>`);

describe.runIf(BROWSERS.includes('webkit'))('in webkit', () => {
  let server: TestServer;
  let browser: MiniBrowser;

  beforeAll(async () => {
    server = await TestServer.start();
    server.pages.set('/', TELLING);
    browser = await MiniBrowser.create();
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  it('says that there is no room, keeps what came, and goes on once something is removed', { timeout: 600_000 }, async () => {
    browser.start(`${server.origin}/`);
    const told = () => {
      const last = server.site.log.findLast(({ url }) => url.startsWith('/files/told'));
      return JSON.parse(new URL(last?.url ?? '/?what={}', server.origin).searchParams.get('what') ?? '') as object;
    };
    const { sha256 } = whole('room', SECOND);
    const downloaded = ROOM - FIRST;
    await expect
      .poll(told, { timeout: 570_000, interval: 500 })
      .toEqual({ downloaded, failureReason: 'quota-exceeded', size: SECOND, sha256 });
    const asked = server.site.log.filter(({ url }) => url === SECOND_URL).map(({ headers }) => headers.range);
    // What comes fast is asked for in ranges that have an end.
    expect(asked.filter((range) => range === undefined || range.endsWith('-'))).toEqual([undefined, `bytes=${downloaded}-`]);
  });
});
