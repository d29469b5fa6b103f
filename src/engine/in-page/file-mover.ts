/** Moves bytes in a dedicated worker, from the network straight onto a file; the page only hears how far it is. */
import { vouch } from '../../bytes/bodies.js';
import { FOLDER, HEAD, PROBE } from '../../bytes/files.js';
import { markBytes } from '../../bytes/mark.js';
import { toFault } from './fault.js';
import { headOf, REPORT_INTERVAL, type Exchange, type Mover, type Poured } from './mover.js';
import { outgoing } from './outgoing.js';
import { pump, type PumpNews, type PumpOrder, type PumpSettings } from './pump.js';
import { inRanges } from './ranges.js';
import { wireSize } from './wire-size.js';

/** What the worker needs to know. */
const SETTINGS: PumpSettings = {
  folder: FOLDER,
  probe: PROBE,
  head: HEAD,
  interval: REPORT_INTERVAL,
};

/** How long the worker may take to prove that files really work, in milliseconds; a busy disk needs many seconds. */
const PROOF_TIME = 30_000;

/**
 * Starts the worker; gives none, or rejects, where workers, `blob:` or files do not really work. Aborting the signal ends it at once:
 * the page is put away, and another may want the files.
 */
export async function createFileMover(signal: AbortSignal): Promise<Mover | undefined> {
  const source = `(${pump.toString()})(self,${JSON.stringify(SETTINGS)},${[markBytes, headOf, wireSize, inRanges].map(String).join()})`;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const worker = new Worker(trusted(address), { name: 'bg-fetch-pump' });
    const stop = (): void => worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    if (await isProven(worker)) return moverOf(worker, signal);
    stop();
    return undefined;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function moverOf(worker: Worker, end: AbortSignal): Mover {
  /** How whoever waits hears that nothing will come. */
  const waiting = new Set<(reason: unknown) => void>();
  end.addEventListener('abort', () => waiting.forEach((reject) => reject(end.reason)), { once: true });
  return {
    store: 'opfs',
    async send(request, sending): Promise<Exchange> {
      const { signal } = sending;
      signal.throwIfAborted();
      const { port1: port, port2 } = new MessageChannel();
      const tell = (order: PumpOrder): void => port.postMessage(order);
      const stop = (): void => tell('cancel');
      signal.addEventListener('abort', stop, { once: true });
      /** Resolves with what `until` takes for the answer. */
      const hear = <T>(until: (news: PumpNews) => T | undefined): Promise<T> => {
        const { promise, resolve, reject } = Promise.withResolvers<T>();
        waiting.add(reject);
        port.onmessage = ({ data }: MessageEvent<PumpNews>) => {
          if ('fault' in data) reject(toFault(data.fault, data));
          const answer = until(data);
          if (answer !== undefined) resolve(answer);
        };
        return promise.finally(() => waiting.delete(reject));
      };
      worker.postMessage(outgoing(request, sending), [port2]);
      return {
        head: await hear((news) => ('head' in news ? news.head : undefined)),
        cancel() {
          stop();
          port.close();
        },
        async pour(key, at, onSize, length): Promise<Poured> {
          tell({ key, at, length });
          let vouched: Promise<void> | undefined;
          const poured = await hear((news) => {
            if (!('size' in news)) return undefined;
            const { size, wire } = news;
            onSize(size);
            vouched = vouch({ store: 'opfs', key, size });
            // A fault is told to the next who waits for it, at the end at the latest.
            vouched.catch(() => undefined);
            return wire === undefined ? undefined : { size, wire };
          });
          await vouched?.catch((error: unknown) => {
            throw toFault('storage', error);
          });
          return poured;
        },
      };
    },
  };
}

/** What the worker says of files, if it says anything. */
function isProven(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
    worker.onerror = () => resolve(false);
    setTimeout(resolve, PROOF_TIME, false);
  });
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Under Trusted Types a worker's address has to come from a policy, here `bg-fetch-in-page`. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('bg-fetch-in-page', { createScriptURL: (url) => url });
  return policy?.createScriptURL(address) ?? address;
}
