/** Moves bytes in a dedicated worker, from the network straight onto a file; the page only hears how far it is. */
import { listBodies } from '../../bytes/bodies.js';
import { DATABASE, STORE } from '../../bytes/database.js';
import { FOLDER, HEAD, PROBE } from '../../bytes/files.js';
import { markBytes } from '../../bytes/mark.js';
import { REPORT_INTERVAL, type Exchange, type Mover, type Poured } from './mover.js';
import { Fault } from './fault.js';
import { pump, type PumpNews, type PumpOrder, type PumpSettings } from './pump.js';

const MIB = 1024 * 1024;

/** What the worker needs to know. A browser that is killed costs no more bytes than a chunk. */
const SETTINGS: PumpSettings = {
  ...{ folder: FOLDER, probe: PROBE, head: HEAD, database: DATABASE, store: STORE },
  ...{ chunk: MIB, calm: 5000, interval: REPORT_INTERVAL },
};

/** How long the worker may take to prove that files really work, in milliseconds. */
const PROOF_TIME = 5000;

/** Starts the worker; rejects where workers, `blob:` or files do not really work. */
export async function createFileMover(): Promise<Mover> {
  const source = `(${pump.toString()})(self,${JSON.stringify(SETTINGS)},${markBytes.toString()})`;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const worker = new Worker(trusted(address), { name: 'bg-fetch-pump' });
    await Promise.all([prove(worker), listBodies()]);
    return moverOf(worker);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function moverOf(worker: Worker): Mover {
  /** How whoever waits hears that nothing will come. */
  const waiting = new Set<(fault: Error) => void>();
  return {
    store: 'opfs',
    stop() {
      worker.terminate();
      for (const reject of waiting) reject(new Fault('network', 'The page was put away.'));
    },
    async send(request, signal): Promise<Exchange> {
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
          if ('fault' in data) reject(new Fault(data.fault, data.message));
          const answer = until(data);
          if (answer !== undefined) resolve(answer);
        };
        return promise.finally(() => waiting.delete(reject));
      };
      worker.postMessage(request, [port2]);
      return {
        head: await hear((news) => ('head' in news ? news.head : undefined)),
        cancel() {
          stop();
          port.close();
        },
        async pour(key, at, onSize): Promise<Poured> {
          tell({ key, at });
          try {
            return await hear((news) => {
              if (!('size' in news)) return undefined;
              onSize(news.size);
              return news.wire === undefined ? undefined : { size: news.size, wire: news.wire };
            });
          } finally {
            port.close();
          }
        },
      };
    },
  };
}

async function prove(worker: Worker): Promise<void> {
  const trouble = await new Promise<string>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    worker.onerror = () => resolve('The worker could not be started.');
    setTimeout(resolve, PROOF_TIME, 'The worker did not start in time.');
  });
  if (trouble === '') return;
  worker.terminate();
  throw new Fault('storage', trouble);
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
