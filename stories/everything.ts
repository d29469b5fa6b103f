/** Every element at once, for one download. */
import { html, type TemplateResult } from 'lit';

/** Goes under a provider that knows the download "ep-5". */
export function everything(title = 'Episode 5'): TemplateResult {
  return html`<div style="display: grid; gap: 1.2em">
    <div style="display: flex; justify-content: space-between; gap: 1em">
      <bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3" download-title=${title}></bg-fetch-button>
      <bg-fetch-indicator .since=${0}></bg-fetch-indicator>
    </div>
    <bg-fetch-progress fetch-id="ep-5" label=${title || 'Download'}></bg-fetch-progress>
    <bg-fetch-status fetch-id="ep-5">It can be downloaded.</bg-fetch-status>
    <bg-fetch-list></bg-fetch-list>
    <bg-fetch-storage></bg-fetch-storage>
  </div>`;
}
