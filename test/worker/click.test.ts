/** A click on the browser's own interface shows a page of the site, or does what the site says. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileUrl } from '../setup/server.js';
import { record, retire, workerClient } from '../client/client.js';

let registration: ServiceWorkerRegistration;
let channel: BroadcastChannel;
let frame: HTMLIFrameElement;

beforeEach(async () => {
  channel = new BroadcastChannel('click-worker');
  // Another page of the site, in front of all others when it was opened last.
  frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  frame.src = fileUrl('size=1&type=text/html', { name: 'another.html' });
  document.body.append(frame);
  await loaded;
});
afterEach(async () => {
  frame.remove();
  channel.close();
  await retire(registration);
});

/** What a click on the download of this page comes to. */
async function clicked(script: string): Promise<{ id: string; told: string }> {
  const opened = await workerClient(script);
  ({ registration } = opened);
  const id = crypto.randomUUID();
  await opened.client.start(id, fileUrl('size=10k'));
  await record(opened.client, id, ({ status }) => status === 'done');
  const told = new Promise<string>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
  });
  registration.active!.postMessage({ clicked: id });
  return { id, told: await told };
}

it('shows the page that started the download, where others are open too', async () => {
  expect((await clicked('../worker/click-worker.ts')).told).toBe(`focus ${location.href}`);
});

it('is the site’s own to answer where it says how', async () => {
  const { id, told } = await clicked('../worker/click-worker.ts?own');
  expect(told).toBe(`the site's own answer for ${id}`);
});

it('reaches the site’s own listeners too', async () => {
  const { id, told } = await clicked('../worker/click-worker.ts?listens');
  expect(told).toBe(`the site heard of ${id}`);
});
