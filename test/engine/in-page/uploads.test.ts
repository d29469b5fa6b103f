/** Requests with a body, and requests that are told apart by more than their URL. */
import { expect, it } from 'vitest';
import { fileUrl, requestsOf } from '../../setup/server.js';
import { ended, readEnd, startEngine } from './engine.js';

const post = (url: string, body: string) => new Request(url, { method: 'POST', body });
const textOf = (body: Uint8Array | Error | undefined) => new TextDecoder().decode(body as Uint8Array);

it('sends a body, and counts it when the answer comes', async () => {
  const engine = startEngine();
  const end = ended(engine, 'up', async (event) => ({ ...(await readEnd(event)), uploaded: event.registration.uploaded }));
  const registration = await engine.fetch('up', post(fileUrl('echo=on'), 'Grüße'));
  expect(registration.uploadTotal).toBe(7);
  const { bodies, uploaded } = await end;
  expect(textOf(bodies[0])).toBe('Grüße');
  expect(uploaded).toBe(7);
});

it('does not send a body twice when the line breaks', async () => {
  const engine = startEngine();
  const url = fileUrl('size=1M&cut=100k');
  const end = ended(engine, 'once', readEnd);
  await engine.fetch('once', post(url, 'x'));
  expect((await end).failureReason).toBe('fetch-error');
  expect(await requestsOf(url)).toHaveLength(1);
});

it('keeps requests with the same URL apart, and finds them by Cache’s rules', async () => {
  const engine = startEngine();
  const url = fileUrl('echo=on');
  const found = await new Promise<number[]>((resolve, reject) => {
    void ended(engine, 'same', async ({ registration }) => {
      const count = async (...query: Parameters<typeof registration.matchAll>) => (await registration.matchAll(...query)).length;
      resolve([
        await count(),
        await count(url),
        await count(post(url, '')),
        await count(url, { ignoreMethod: true }),
        await count(`${url}&more`),
        await count(`${url}&more`, { ignoreSearch: true }),
        await count(`${url}#fragment`),
      ]);
      const [first, second] = await registration.matchAll(post(url, ''));
      expect(await first!.request.text()).toBe('a');
      expect(await (await second!.responseReady).text()).toBe('b');
    }).catch(reject);
    void engine.fetch('same', [post(url, 'a'), post(url, 'b'), url, url, `${url}&x`]);
  });
  expect(found).toEqual([5, 2, 2, 4, 0, 3, 2]);
});
