/** A cross-origin isolated page shows a stored file of another origin as it showed the network's. */
import { describe } from 'vitest';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { HARMLESS, serveFiles } from './hostile-files.js';
import { journey } from './journey.js';
import { page, reaches } from './stage.js';

const PICTURE = HARMLESS.find(({ name }) => name === 'picture.png')!;

describe.each(BROWSERS)('in %s', (name) => {
  const engines = name === 'chromium' ? (['native', 'in-page'] as const) : (['in-page'] as const);
  journey.for(engines)('under require-corp (%s)', async (engine, { server, start, expect }) => {
    serveFiles(server, [{ ...PICTURE, headers: { 'cross-origin-resource-policy': 'cross-origin' } }]);
    const url = `${server.otherOrigin}/kept/picture.png`;
    server.answers.set('/', (_request, response) => {
      response.writeHead(200, {
        'content-type': 'text/html',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-opener-policy': 'same-origin',
      });
      response.end(
        page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
          <bg-fetch-button fetch-id="picture" src="${url}"></bg-fetch-button>
        </bg-fetch-provider>`),
      );
    });
    const tab = await (await start(name)).open(`${server.origin}/`);
    await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
    const width = (src: string) =>
      new Promise((resolve) => {
        const image = Object.assign(new Image(), { src });
        image.onload = () => resolve(image.naturalWidth);
        image.onerror = () => resolve('refused');
      });
    await reaches(tab, 'bg-fetch-button', 'idle');
    expect(await tab.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await tab.evaluate(width, url)).toBe(1);
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');
    // Another fragment, so that no picture in memory is shown.
    expect(await tab.evaluate(width, `${url}#stored`)).toBe(1);
    await server.stop();
    expect(await tab.evaluate(width, `${url}#again`)).toBe(1);
  });
});
