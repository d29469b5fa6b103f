/** Records and their responses: while the fetch runs, at its end, and after. */
import { expect, it } from 'vitest';
import { bodyExists, deleteBody, listBodies, readBody } from '../../../src/bytes/index.js';
import { inPageReader } from '../../../src/engine/in-page/delivery/pending-fetches.js';
import { isKeepable } from '../../../src/standard/extras.js';
import { areBytesOf } from '../../server/content.js';
import { fileUrl } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';

const MIB = 1024 * 1024;

it('lets the body of a record follow the download while it runs', async () => {
  const engine = startEngine();
  // The records are there until what the end's event waits for has settled.
  const { promise: isRead, resolve: hasRead } = Promise.withResolvers<undefined>();
  const end = ended(engine, 'live', (registration) => isRead.then(() => readEnd(registration)));
  const registration = await engine.fetch('live', fileUrl('size=3M&seed=s&rate=3M'));
  const [record] = await registration.matchAll();
  const response = await record?.responseReady;
  expect(response?.status).toBe(200);
  const reader = response?.body?.getReader();
  let at = 0;
  let resultAtFirstByte: string | undefined;
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk?.value) break;
    resultAtFirstByte ??= registration.result;
    expect(areBytesOf('s', at, chunk.value)).toBe(true);
    at += chunk.value.byteLength;
  }
  hasRead(undefined);
  expect(at).toBe(3 * MIB);
  expect(resultAtFirstByte).toBe('');
  await end;
});

it('gives a slow reader the whole of a body that was kept, after the end too', async () => {
  const engine = startEngine();
  const end = ended(engine, 'slow', async ({ registration }) => {
    const [record] = await registration.matchAll();
    return record && isKeepable(record) ? record.keep() : undefined;
  });
  const registration = await engine.fetch('slow', fileUrl('size=3M&seed=s&rate=3M'));
  const [record] = await registration.matchAll();
  const reader = (await record!.responseReady).body!.getReader();
  let at = (await reader.read()).value!.byteLength;
  const kept = await end;
  await expect.poll(() => registration.recordsAvailable).toBe(false);
  await expect.poll(() => inPageReader(engine.scope).getIds()).toEqual([]);
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    expect(areBytesOf('s', at, chunk.value)).toBe(true);
    at += chunk.value.byteLength;
  }
  expect(at).toBe(3 * MIB);
  await deleteBody(kept!);
});

it('keeps a body where it rests, and deletes what nobody kept', async () => {
  const engine = startEngine();
  const others = new Set((await listBodies()).map(({ key }) => key));
  const own = async () => (await listBodies()).filter(({ key, kept: isKept }) => !isKept && !others.has(key));
  const keeping = keep('kept');
  const [kept, left] = await Promise.all([
    keeping,
    ended(engine, 'left', () => keeping.then(own)),
    engine.fetch('kept', fileUrl('size=2M&seed=s')).then(() => engine.fetch('left', fileUrl('size=2M&seed=s'))),
  ]);
  async function keep(id: string) {
    return ended(engine, id, async ({ registration }) => {
      const [record] = await registration.matchAll();
      return record && isKeepable(record) ? record.keep() : undefined;
    });
  }
  expect(left.length).toBeGreaterThan(0);
  if (!kept) throw new Error('nothing was kept');
  expect(kept.size).toBe(2 * MIB);
  await expect.poll(async () => (await listBodies()).some(({ key }) => left.some((body) => body.key === key))).toBe(false);
  expect(await bodyExists(kept)).toBe(true);
  const whole = await new Response(await readBody(kept)).arrayBuffer();
  expect(isWhole(new Uint8Array(whole), 's', 2 * MIB)).toBe(true);
  const part = await new Response(await readBody(kept, MIB - 5, MIB + 7)).arrayBuffer();
  expect(part.byteLength).toBe(12);
  expect(areBytesOf('s', MIB - 5, new Uint8Array(part))).toBe(true);
  await deleteBody(kept);
  expect(await bodyExists(kept)).toBe(false);
  await expect(readBody(kept, 0, 10)).rejects.toMatchObject({ name: 'NotFoundError' });
});
