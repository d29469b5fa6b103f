import 'bg-fetch-elements/define';
import { loadModel } from './loader.js';
import { toRecord } from './to-record.js';

const progress = document.querySelector('bg-fetch-progress');
const item = document.querySelector('bg-fetch-item');

document.querySelector('#load').onclick = async () => {
  const startedAt = Date.now();
  const show = (loaded, total, status) => {
    progress.max = total;
    progress.value = loaded;
    item.record = toRecord({ id: 'model', title: 'The model', loaded, total, status, startedAt });
  };
  const { byteLength } = await loadModel('/files/model.bin?seed=model&size=2M&rate=2M', ({ loaded, total }) =>
    show(loaded, total, 'downloading'),
  );
  show(byteLength, byteLength, 'done');
  document.querySelector('output').textContent = 'Stored model';
};
