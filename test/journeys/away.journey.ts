/** The server goes away in the middle and comes back: the download says so, keeps what came, and goes on from there. */
import { describe } from 'vitest';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, reaches, says, whole } from './stage.js';

const MIB = 1024 * 1024;
const FILE = '/files/course.bin?seed=course&size=12M&rate=2M';

/** More attempts than the engine makes where a server answers. */
const ATTEMPTS = 12;

describe.concurrent.each(BROWSERS)('in %s', (name) => {
  journey('goes on when the server is back, however often it was tried', async ({ server, start, expect }) => {
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js" engine="in-page">
        <bg-fetch-button fetch-id="course" download-title="The course" src="${FILE}"></bg-fetch-button>
        <bg-fetch-item fetch-id="course"></bg-fetch-item>
      </bg-fetch-provider>`),
    );
    const tab = await (await start(name)).open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    const isPast = (size: number) => (document.querySelector('bg-fetch-button')?.record?.downloaded ?? 0) > size;
    await waitFor(tab, 'a third of it', isPast, [4 * MIB]);
    await server.stop();

    const wereMade = (attempts: number) => {
      document.dispatchEvent(new Event('visibilitychange'));
      const { waitingFor, waitingUntil = 0 } = document.querySelector('bg-fetch-button')!.record!;
      const ends = ((globalThis as { ends?: Set<number> }).ends ??= new Set());
      if (waitingFor === 'network' && waitingUntil > 0) ends.add(waitingUntil);
      return ends.size >= attempts;
    };
    await waitFor(tab, 'the attempts', wereMade, [ATTEMPTS]);
    await says(tab, 'bg-fetch-button', 'Connection lost, trying again in');
    await says(tab, 'bg-fetch-item', 'of 12.6 MB kept');

    await server.start();
    await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await fetched(tab, FILE)).toEqual(whole('course', 12 * MIB));
    const [, ...more] = server.site.log.filter(({ method }) => method === 'GET');
    for (const { headers } of more) expect(headers.range).toMatch(/^bytes=[4-9]\d{6}-/);
  });
});
