/** A site's own worker: the kit beside its own listeners, with a policy. */
import { serveBackgroundFetch } from '../../src/worker/index.js';
import type { FetchPlan } from '../../src/worker/index.js';
import type { BackgroundFetchEvent, BackgroundFetchUpdateUIEvent } from '../../src/standard/background-fetch.js';

const tell = (what: string) => {
  const channel = new BroadcastChannel('policy-worker');
  channel.postMessage(what);
  channel.close();
};

for (const type of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort']) {
  self.addEventListener(type, (event) => tell(`${type} ${(event as BackgroundFetchEvent).registration.id}`));
}

// Too late, since nothing was waited for.
self.addEventListener('backgroundfetchsuccess', (event) => {
  const end = event as BackgroundFetchUpdateUIEvent;
  setTimeout(() => void end.updateUI().catch((error: unknown) => tell(`${(error as Error).name} ${end.registration.id}`)));
});

serveBackgroundFetch({
  accept(plan) {
    // Not what its type says.
    if (plan.title === 'rubbish') return true as unknown as FetchPlan;
    if (plan.title.startsWith('forbidden')) throw new TypeError('This site does not offer that.');
    return { ...plan, title: `${plan.title}, named by the site` };
  },
  async store(response, { request }) {
    if (!request.url.includes('elsewhere')) return false;
    await (await caches.open('elsewhere')).put(request, response);
    return true;
  },
  done: ({ id }) => tell(`done ${id}`),
  failed: ({ id }) => tell(`failed ${id}`),
});
