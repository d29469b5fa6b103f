import 'bg-fetch-elements/define';

document.addEventListener('bg-fetch-success', ({ fetchId, record }) => {
  document.querySelector('output').textContent = `Stored ${fetchId}`;
  document.querySelector('bg-fetch-progress').record = record;
});
