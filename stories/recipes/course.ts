/** A course to take offline: "download all" is one download of many files. */
import { html } from 'lit';
import { addressOf } from '../live/pretend-server.js';
import { picture } from '../picture.js';

const LESSONS = ['What a signal is', 'Sums of sines', 'Systems that remember', 'The fast transform'].map((title, index) => ({
  title,
  src: addressOf(`lesson-${index + 1}.wav`, 600_000),
}));
const ALL = LESSONS.map(({ src }) => src).join(' ');

/** The page: one button for all lessons, a row that unfolds to them, and the space they take. */
export function course() {
  return html`<section class="recipe">
    <h2>Signals and systems, week 3</h2>
    <p>Four lessons. Once they are here, the train may go through any tunnel.</p>
    <p>
      <bg-fetch-button
        fetch-id="week-3"
        download-title="Signals and systems, week 3"
        src=${ALL}
        .icons=${[picture('W', '#2f6f4f', '#4f7d2c')]}
      >
        <span slot="idle">Download all lessons</span>
      </bg-fetch-button>
    </p>
    <bg-fetch-item fetch-id="week-3"></bg-fetch-item>
    <ol class="lessons">
      ${LESSONS.map(
        ({ title, src }) =>
          html`<li>
            <h3>${title}</h3>
            <audio controls preload="none" src=${src} aria-label=${title}></audio>
          </li>`,
      )}
    </ol>
    <h3>Space</h3>
    <bg-fetch-storage></bg-fetch-storage>
  </section>`;
}
