import 'bg-fetch-elements/define';
import type { FetchRecord } from 'bg-fetch-elements';
import type {} from 'bg-fetch-elements/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

function App() {
  const [record, setRecord] = useState<FetchRecord>();
  const [stored, setStored] = useState('');
  return (
    <bg-fetch-provider service-worker="/service-worker.js">
      <bg-fetch-button
        className="film"
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

createRoot(document.querySelector('#app')!).render(<App />);
