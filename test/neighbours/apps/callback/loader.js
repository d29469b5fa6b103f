/** Stands for any downloader with a callback: a model loader, a player, a map. */
export async function loadModel(url, onProgress) {
  const response = await fetch(url);
  const total = Number(response.headers.get('content-length'));
  const chunks = [];
  let loaded = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    loaded += chunk.byteLength;
    onProgress({ loaded, total });
  }
  return new Blob(chunks).arrayBuffer();
}
