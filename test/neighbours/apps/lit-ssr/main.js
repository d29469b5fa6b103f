import '@lit-labs/ssr-client/lit-element-hydrate-support.js';

// Which shadow roots the server sent, for the test.
globalThis.sent = [...document.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot).map(({ localName }) => localName);

await import('bg-fetch-elements/define');

document.addEventListener('bg-fetch-success', ({ fetchId, record }) => {
  document.querySelector('output').textContent = `Stored ${fetchId}`;
  document.querySelector('bg-fetch-progress').record = record;
});
