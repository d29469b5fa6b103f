/** A film with chapters: seeking asks for ranges, and what is stored answers them. */
import { html } from 'lit';
import { addressOf, FILM } from '../live/pretend-server.js';
import { picture } from '../picture.js';

const POSTER = picture('F', '#37306b', '#b03a78');
const SRC = addressOf(FILM, 300_000);
const CHAPTERS = [
  { title: 'The valley', at: 0 },
  { title: 'The bells', at: 30 },
  { title: 'The river', at: 60 },
];

/** The page. `<video>` is left as it is. */
export function film() {
  return html`<section class="recipe">
    <h2>The valley of bells</h2>
    <video controls preload="none" poster=${POSTER.src} src=${SRC} aria-label="The valley of bells"></video>
    <p class="buttons">
      ${CHAPTERS.map(({ title, at }) => html`<button @click=${(event: Event) => seek(event, at)}>${title}</button>`)}
      <bg-fetch-button fetch-id="film" download-title="The valley of bells" src=${SRC} .icons=${[POSTER]}></bg-fetch-button>
    </p>
    <bg-fetch-status fetch-id="film">A minute and a half of bells.</bg-fetch-status>
  </section>`;
}

function seek({ currentTarget }: Event, seconds: number): void {
  const video = (currentTarget as Element).closest('section')?.querySelector('video');
  if (!video) return;
  video.currentTime = seconds;
  void video.play();
}
