/** What TypeScript knows once the elements are imported for their effect. */
import 'bg-fetch-elements/define/bg-fetch-button';

document
  .querySelector('bg-fetch-button')
  ?.retry()
  .catch(() => undefined);
document.querySelector('bg-fetch-list')?.addEventListener('bg-fetch-fail', ({ record }) => record?.failureReason);
document.addEventListener('bg-fetch-error', ({ error }) => error.message);
addEventListener('bg-fetch-open', ({ fetchId }) => fetchId.length);

// @ts-expect-error no such method
document.querySelector('bg-fetch-button')?.nothing();
// @ts-expect-error the event has no such field
addEventListener('bg-fetch-open', ({ nothing }) => nothing);
