/** Downloads in a dedicated worker from the network to an OPFS file; the page only gets the progress. */
import { commitSize } from '../../../bytes/bodies.js';
import type { PageMessage, WorkerMessage } from './opfs-worker/protocol.js';
import { WORKER_SOURCE } from './opfs-worker/source.js';
import { toOutgoing } from './outgoing-request.js';
import { TransferError, toTransferError } from './transfer-error.js';
import type { IncomingResponse, Transport } from './transport.js';
import { deferred } from '../../../standard/older-browsers.js';

/** Timeout of the worker's check that it can write files, in milliseconds; a busy disk needs many seconds. */
const CHECK_TIMEOUT = 30_000;

/** Timeout of the worker to release a response after its cancellation, in milliseconds. */
const CANCEL_TIMEOUT = 15_000;

/**
 * Starts the worker. Resolves with undefined, or rejects, if workers, `blob:` URLs or files do not work. Aborting the signal terminates it
 * at once, so that another page can use the files. `onDeath` is called when the worker stops working.
 */
export async function createOpfsTransport(signal: AbortSignal, onDeath: () => void): Promise<Transport | undefined> {
  const address = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
  try {
    const worker = new Worker(toTrusted(address), { name: 'bg-fetch-opfs' });
    signal.addEventListener('abort', () => worker.terminate(), { once: true });
    if (await canWrite(worker)) return transportOf(worker, signal, onDeath);
    worker.terminate();
    return undefined;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function transportOf(worker: Worker, end: AbortSignal, onDeath: () => void): Transport {
  /** Reject functions of pending calls. */
  const pending = new Set<(reason: unknown) => void>();
  const die = (): void => {
    worker.terminate();
    onDeath();
    pending.forEach((reject) => reject(new TransferError('storage', 'The worker that stores bytes does not answer.')));
  };
  for (const type of ['error', 'messageerror']) worker.addEventListener(type, die);
  end.addEventListener('abort', () => pending.forEach((reject) => reject(end.reason)), { once: true });
  return {
    store: 'opfs',
    async send(request, options): Promise<IncomingResponse> {
      const { signal } = options;
      signal.throwIfAborted();
      const { port1: port, port2 } = new MessageChannel();
      const post = (message: PageMessage): void => port.postMessage(message);
      let rejectLast: ((reason: unknown) => void) | undefined;
      const cancel = (): void => {
        post('cancel');
        const late = rejectLast;
        setTimeout(() => late && pending.has(late) && die(), CANCEL_TIMEOUT);
      };
      signal.addEventListener('abort', cancel, { once: true });
      /** Resolves with the first value that `read` returns for a message; rejects with the error of the worker. */
      const receive = <T>(read: (message: WorkerMessage) => T | undefined): Promise<T> => {
        const { promise, resolve, reject } = deferred<T>();
        pending.add((rejectLast = reject));
        port.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
          if ('kind' in data) reject(toTransferError(data.kind, data));
          const value = read(data);
          if (value !== undefined) resolve(value);
        };
        return promise.finally(() => pending.delete(reject));
      };
      worker.postMessage(toOutgoing(request, options), [port2]);
      return {
        head: await receive((message) => ('head' in message ? message.head : undefined)),
        cancel() {
          post('cancel');
          port.close();
        },
        async storeBody(target, onSize) {
          const { key } = target;
          post(target);
          let committed: Promise<void> | undefined;
          const stored = await receive((message) => {
            if (!('size' in message)) return undefined;
            const { size } = message;
            onSize(size);
            committed = commitSize({ store: 'opfs', key, size });
            // An error rejects a later commit, at the latest the last one.
            committed.catch(() => undefined);
            return 'encodedSize' in message ? message : undefined;
          });
          await committed?.catch((error: unknown) => {
            throw toTransferError('storage', error);
          });
          return stored;
        },
      };
    },
  };
}

/** Resolves with the result of the worker's check of files; with false if it throws or does not answer. */
function canWrite(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
    worker.onerror = () => resolve(false);
    setTimeout(resolve, CHECK_TIMEOUT, false);
  });
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Returns the worker's URL; under Trusted Types from the policy `bg-fetch-in-page`. */
function toTrusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('bg-fetch-in-page', {
    createScriptURL(url) {
      if (!url.startsWith('blob:')) throw new TypeError(`Failed to start a worker from "${url}": it is not the engine's own.`);
      return url;
    },
  });
  return policy?.createScriptURL(address) ?? address;
}
