/** In a sandboxed page with an opaque origin nothing can be stored: the elements say so, without an uncaught error. */
import { describe } from 'vitest';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { page } from './stage.js';

const TAGS = `<bg-fetch-storage></bg-fetch-storage><bg-fetch-list></bg-fetch-list><bg-fetch-indicator></bg-fetch-indicator>
  <bg-fetch-item fetch-id="a"></bg-fetch-item><bg-fetch-progress fetch-id="a"></bg-fetch-progress>
  <bg-fetch-status fetch-id="a"></bg-fetch-status><bg-fetch-button src="/files/a.bin"></bg-fetch-button>
  <script>
    var uncaught = [];
    addEventListener('error', ({ message }) => uncaught.push(message));
    addEventListener('unhandledrejection', ({ reason }) => uncaught.push(String(reason)));
  </script>`;

describe.each(BROWSERS.filter((name) => name !== 'webkit'))('in %s', (name) => {
  journey('causes no uncaught error', async ({ server, start, expect }) => {
    server.answers.set('/', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': 'sandbox allow-scripts' });
      response.end(page(TAGS));
    });
    const tab = await (await start(name)).open(`${server.origin}/`);
    await waitFor(
      tab,
      'the storage panel and the link',
      () =>
        Boolean(
          document.querySelector('bg-fetch-storage')?.shadowRoot?.querySelector('[part=meter]') &&
          document.querySelector('bg-fetch-button')?.shadowRoot?.querySelector('a'),
        ),
      [],
    );
    const outcome = await tab.evaluate(async () => {
      const storage = document.querySelector('bg-fetch-storage')!;
      storage.shadowRoot!.querySelector<HTMLElement>('[part=action]')!.click();
      const persisted = await storage.persist();
      await storage.refresh();
      document.querySelector('bg-fetch-indicator')!.show();
      const list = document.querySelector('bg-fetch-list')!;
      await Promise.all([list.pauseAll(), list.removeAll(), list.clear(), list.restoreAll()]);
      // A rejection is reported after the task that caused it.
      await new Promise((resolve) => setTimeout(resolve));
      const { uncaught } = globalThis as unknown as { uncaught: readonly string[] };
      return { origin: globalThis.origin, persisted, uncaught };
    });
    expect(outcome).toEqual({ origin: 'null', persisted: false, uncaught: [] });
  });
});
