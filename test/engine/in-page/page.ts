/** A page with the engine in it, as a frame that a test opens and takes away again: what a closed tab leaves is in the journal. */
import type { startEngine } from './engine.js';

const frames: HTMLIFrameElement[] = [];

/** Opens another page of this scope, with this policy; its engine goes on with what is there. */
export async function openPage(scope: string, policy = ''): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  // The test runner wraps what is imported on demand, and is not in frames.
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module">
    window.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() };
    import { startEngine } from ${JSON.stringify(new URL('./engine.ts', import.meta.url).pathname)};
    window.engine = startEngine(${JSON.stringify(scope)});
    parent.postMessage('ready');
  </script>`;
  const ready = new Promise<void>((resolve) => {
    addEventListener('message', function hear({ source }) {
      if (source !== frame.contentWindow) return;
      removeEventListener('message', hear);
      resolve();
    });
  });
  document.body.append(frame);
  frames.push(frame);
  await ready;
  return frame;
}

/** The engine in that page. */
export function engineOf(frame: HTMLIFrameElement): ReturnType<typeof startEngine> {
  return (frame.contentWindow as unknown as { engine: ReturnType<typeof startEngine> }).engine;
}

/** Closes every page that is still open. */
export function closePages(): void {
  for (const frame of frames.splice(0)) frame.remove();
}
