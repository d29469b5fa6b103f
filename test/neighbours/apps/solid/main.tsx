import 'bg-fetch-elements/define';
import type { FetchRecord } from 'bg-fetch-elements';
import type {} from 'bg-fetch-elements/solid';
import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';

function App() {
  const [record, setRecord] = createSignal<FetchRecord>();
  const [stored, setStored] = createSignal('');
  return (
    <bg-fetch-provider service-worker="/service-worker.js">
      <bg-fetch-button
        class="film"
        fetch-id="film"
        download-title="The film"
        src="/files/film.bin?seed=film&size=2M"
        on:bg-fetch-progress={(event) => setRecord(event.record)}
        on:bg-fetch-success={(event) => {
          setRecord(event.record);
          setStored(event.fetchId);
        }}
      />
      <bg-fetch-progress prop:record={record()} />
      <output>{stored() && `Stored ${stored()}`}</output>
    </bg-fetch-provider>
  );
}

render(() => <App />, document.querySelector('#app')!);
