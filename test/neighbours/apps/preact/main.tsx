import 'bg-fetch-elements/define';
import type { FetchRecord } from 'bg-fetch-elements';
import type {} from 'bg-fetch-elements/preact';
import { render } from 'preact';
import { useState } from 'preact/hooks';

function App() {
  const [record, setRecord] = useState<FetchRecord>();
  const [stored, setStored] = useState('');
  return (
    <bg-fetch-provider service-worker="/service-worker.js">
      <bg-fetch-button
        class="film"
        fetch-id="film"
        download-title="The film"
        src="/files/film.bin?seed=film&size=2M"
        onbg-fetch-progress={(event) => setRecord(event.record)}
        onbg-fetch-success={(event) => {
          setRecord(event.record);
          setStored(event.fetchId);
        }}
      />
      <bg-fetch-progress record={record} />
      <output>{stored && `Stored ${stored}`}</output>
    </bg-fetch-provider>
  );
}

render(<App />, document.querySelector('#app')!);
