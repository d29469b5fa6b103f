/** A page that the browser prepares before its visitor opens it has the same engine as any other. */
import { describe, expect } from 'vitest';
import { until } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { page } from './stage.js';

const provider = '<bg-fetch-provider service-worker="/sw.js"><bg-fetch-list></bg-fetch-list></bg-fetch-provider>';

/** Longer than any timeout of the connection, in milliseconds. */
const PRERENDERED = 25_000;

/** Reports by requests: the protocol of the browser loses a prerendered page when it is opened. */
const script = `<script>
  const report = (what) => fetch('/files/' + what + '?size=1');
  if (document.prerendering) {
    setTimeout(() => report('prerendered'), ${PRERENDERED});
    document.addEventListener('prerenderingchange', async () => {
      const { engine } = await document.querySelector('bg-fetch-provider').client.start('next', '/files/next.bin?size=20k');
      report('started-' + engine);
    });
  }
</script>`;

describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  journey('a prerendered page downloads natively, however late it is opened', async ({ server, start }) => {
    server.pages.set('/', page(`${provider}<a href="/next">Next</a>`));
    server.pages.set('/next', page(`${provider}${script}`));
    const reported = (what: string) =>
      until(what, () => Promise.resolve(server.site.log.find(({ url }) => url.startsWith(`/files/${what}`))));
    const browser = await start('chromium');
    const tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(async () => {
      await document.querySelector('bg-fetch-provider')!.client!.list();
      const rules = document.createElement('script');
      rules.type = 'speculationrules';
      rules.textContent = '{ "prerender": [{ "urls": ["/next"], "eagerness": "immediate" }] }';
      document.head.append(rules);
    });
    await reported('prerendered');
    await tab.click('a');
    expect((await reported('started')).url).toContain('native');
  });
});
