/** A server sends `Clear-Site-Data: "storage"` at the sign-out, in the middle of a download: nothing comes back, and the next visit works. */
import { describe } from 'vitest';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { page, reaches } from './stage.js';

const FILES = { film: '/files/film.bin?size=40M&rate=1M', song: '/files/song.bin?size=300k' };

const PAGE = page(`
<bg-fetch-provider service-worker="/sw.js" engine="in-page">
  ${Object.entries(FILES)
    .map(([id, src]) => `<p style="height: 6rem"><bg-fetch-button fetch-id="${id}" src="${src}"></bg-fetch-button></p>`)
    .join('')}
</bg-fetch-provider>`);

const button = (id: string) => `bg-fetch-button[fetch-id=${id}]`;

describe.each(BROWSERS)('in %s', (name) => {
  journey('starts anew at the next visit, and asks for nothing in between', async ({ server, start, expect }) => {
    server.pages.set('/', PAGE);
    server.pages.set('/signed-out', page('Goodbye.'));
    server.headers.set('/signed-out', { 'clear-site-data': '"storage"' });
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/`);
    await reaches(tab, button('song'), 'idle');
    await tab.click(button('song'), 'button');
    await reaches(tab, button('song'), 'done');
    await tab.click(button('film'), 'button');
    await waitFor(tab, 'some of the film', () => document.querySelector('bg-fetch-button')!.record!.downloaded > 2_000_000, []);

    const before = server.site.log.length;
    await tab.evaluate(async () => (await fetch('/signed-out')).text());
    await waitFor(
      tab,
      'the film to end or to start anew',
      () => !['downloading', 'saving', 'done'].includes(document.querySelector('bg-fetch-button')!.record?.status ?? 'idle'),
      [],
      { timeout: 60_000 },
    );
    expect(server.site.log.length - before).toBeLessThan(10);

    await tab.reload();
    await reaches(tab, button('song'), 'idle');
    await reaches(tab, button('film'), 'idle');
    await tab.click(button('song'), 'button');
    await reaches(tab, button('song'), 'done');
  });
});
