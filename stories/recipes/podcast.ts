/** A podcast: each episode plays from the network, and from the device once it is there. */
import { html } from 'lit';
import { addressOf } from '../live/pretend-server.js';
import { picture } from '../picture.js';

const EPISODES = [
  {
    number: 5,
    title: 'Interesting things.',
    about: 'Bells, and what they have to do with rivers.',
    art: picture('5', '#1565c0', '#00a3a3'),
  },
  {
    number: 4,
    title: 'Less interesting things.',
    about: 'A long look at short fences.',
    art: picture('4', '#6a3fb5', '#b03a78'),
  },
  { number: 3, title: 'Rather dull things.', about: 'Grey, in all its colours.', art: picture('3', '#2f6f4f', '#4f7d2c') },
];

/** The page. The player needs to know nothing: what is stored is answered under the same address. */
export function podcast() {
  return html`<section class="recipe">
    <h2>Interesting things</h2>
    <p>A podcast about bells. Take an episode along; it plays without the network.</p>
    <ol class="episodes">
      ${EPISODES.map(
        ({ number, title, about, art }) =>
          html`<li>
            <img src=${art.src} alt="" width="88" height="88" />
            <div>
              <h3>Episode ${number}: ${title}</h3>
              <p>${about}</p>
              <audio
                controls
                preload="none"
                src=${addressOf(`episode-${number}.wav`, 400_000)}
                aria-label="Episode ${number}"
              ></audio>
              <bg-fetch-button
                fetch-id="episode-${number}"
                download-title="Episode ${number}: ${title}"
                src=${addressOf(`episode-${number}.wav`, 400_000)}
                .icons=${[art]}
              ></bg-fetch-button>
            </div>
          </li>`,
      )}
    </ol>
  </section>`;
}
