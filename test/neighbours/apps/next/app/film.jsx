'use client';
import 'bg-fetch-elements/define';
import { useCallback, useState } from 'react';

export function Film() {
  const [record, setRecord] = useState();
  const [stored, setStored] = useState('');
  // React 19.3 adds no `onbg-fetch-…` listeners during hydration: https://github.com/react/react/issues/35446
  const listen = useCallback((button) => {
    const controller = new AbortController();
    const { signal } = controller;
    button.addEventListener('bg-fetch-progress', (event) => setRecord(event.record), { signal });
    button.addEventListener(
      'bg-fetch-success',
      (event) => {
        setRecord(event.record);
        setStored(event.fetchId);
      },
      { signal },
    );
    return () => controller.abort();
  }, []);
  return (
    <bg-fetch-provider service-worker="/service-worker.js">
      <bg-fetch-button
        ref={listen}
        className="film"
        fetch-id="film"
        download-title="The film"
        src="/files/film.bin?seed=film&size=2M"
      />
      <bg-fetch-progress record={record} />
      <output>{stored && `Stored ${stored}`}</output>
    </bg-fetch-provider>
  );
}
