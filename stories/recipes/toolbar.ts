/** A toolbar for every page of a site: how far all downloads are, and the list under it. */
import { html } from 'lit';
import { addressOf } from '../live/pretend-server.js';

const PACKS = [4, 5, 6, 7, 8, 9].map((pack) => ({
  title: `Pack ${pack}`,
  src: addressOf(`sheet-${pack}.bin`, 100_000),
}));

/** The page. */
export function toolbar() {
  return html`<section class="recipe">
    <div class="bar" role="toolbar" aria-label="The site">
      <strong>Game</strong>
      <button>Play</button>
      <button>Settings</button>
      <bg-fetch-indicator></bg-fetch-indicator>
    </div>
    <p>Take a few; the badge counts them, and opens the list.</p>
    <p class="buttons">
      ${PACKS.map(
        ({ title, src }) =>
          html`<bg-fetch-button fetch-id=${title} download-title=${title} src=${src}
            ><span slot="idle">${title}</span></bg-fetch-button
          >`,
      )}
    </p>
  </section>`;
}
