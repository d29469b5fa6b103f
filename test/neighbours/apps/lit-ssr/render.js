/** Renders the page on a server: the elements come with their shadow roots, before any script. */
import 'bg-fetch-elements/define';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';

const page = html`
  <bg-fetch-provider service-worker="/service-worker.js">
    <bg-fetch-button
      class="film"
      fetch-id="film"
      download-title="The film"
      src="/files/film.bin?seed=film&amp;size=2M"
    ></bg-fetch-button>
    <bg-fetch-progress></bg-fetch-progress>
    <bg-fetch-list></bg-fetch-list>
    <output></output>
  </bg-fetch-provider>
`;

console.log(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Lit, rendered on a server</title>
    <script type="module" src="./main.js"></script>
  </head>
  <body>
${await collectResult(render(page))}
  </body>
</html>`);
