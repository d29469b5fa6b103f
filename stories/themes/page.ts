/** A part of a podcast's page with every element in it, for themes to dress. */
import { html, type TemplateResult } from 'lit';
import { createRecord } from '../../src/testing/index.js';
import { picture } from '../picture.js';
import { aHandful, staged } from '../stage.js';

const ART = picture('6', '#5b3fb5', '#c04f8a');

/** The page under a class of this name; what is not an element of the kit is the design's own. */
export function page(theme: string): TemplateResult {
  return staged(
    html`<article class="page ${theme}">
      <header>
        <h2>Interesting things</h2>
        <button class="plain">Sign in</button>
        <bg-fetch-indicator></bg-fetch-indicator>
      </header>
      <section class="card">
        <img src=${ART.src} alt="" width="96" height="96" />
        <div>
          <h3>Episode 6: More of it</h3>
          <p>Forty minutes about rivers, and what they leave behind.</p>
          <div class="buttons">
            <button class="main">Play</button>
            <bg-fetch-button
              fetch-id="ep-6"
              src="/ep-6.mp3"
              download-total="61000000"
              download-title="Episode 6"
            ></bg-fetch-button>
          </div>
        </div>
      </section>
      <section class="card">
        <img src=${picture('5', '#1565c0', '#00a3a3').src} alt="" width="96" height="96" />
        <div>
          <h3>Episode 5: Interesting things</h3>
          <bg-fetch-status fetch-id="ep-5"></bg-fetch-status>
          <bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>
          <div class="buttons">
            <bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3" download-title="Episode 5"></bg-fetch-button>
            <bg-fetch-button fetch-id="ep-4" src="/ep-4.mp3" download-title="Episode 4"></bg-fetch-button>
            <bg-fetch-button fetch-id="ep-3" src="/ep-3.mp3" download-title="Episode 3"></bg-fetch-button>
          </div>
        </div>
      </section>
      <h3>Downloads</h3>
      <bg-fetch-list></bg-fetch-list>
      <h3>Space</h3>
      <bg-fetch-storage></bg-fetch-storage>
    </article>`,
    [
      ...aHandful(),
      createRecord({ id: 'ep-3', title: 'Episode 3: Rather dull things.', status: 'failed', startedAt: Date.now() - 1000 }),
    ],
    { space: { usage: 1_900_000_000, quota: 10_000_000_000, persisted: false } },
  );
}
