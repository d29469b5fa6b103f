/** Moves bytes in a dedicated worker, from the network straight onto a file; the page only hears how far it is. */
import { vouch } from '../../bytes/bodies.js';
import { FOLDER, PROBE } from '../../bytes/files.js';
import type { ResponseHead } from './journal.js';
import {
  LEAD,
  NetworkFault,
  PIECE,
  REPORT_INTERVAL,
  StorageFault,
  toStorageFault,
  type Exchange,
  type Mover,
  type OutgoingRequest,
  type Poured,
} from './mover.js';
import { pump, type PumpNews, type PumpOrder } from './pump.js';

/** How long the worker may take to prove that files really work, in milliseconds. */
const PROOF_TIME = 5000;

/** Starts the worker; rejects where workers, `blob:` or files do not really work. */
export async function createFileMover(): Promise<Mover> {
  const source = `(${pump.toString()})(self, '${FOLDER}', '${PROBE}', ${PIECE}, ${LEAD}, ${REPORT_INTERVAL})`;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const worker = new Worker(trusted(address), { name: 'bg-fetch-pump' });
    await proof(worker);
    return new FileMover(worker);
  } finally {
    URL.revokeObjectURL(address);
  }
}

class FileMover implements Mover {
  readonly store = 'opfs';
  readonly #worker: Worker;
  readonly #exchanges = new Map<number, FileExchange>();
  #count = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<PumpNews>) => {
      if ('exchange' in data) this.#exchanges.get(data.exchange)?.hear(data);
    });
  }

  async send(request: OutgoingRequest, signal: AbortSignal): Promise<Exchange> {
    signal.throwIfAborted();
    const exchange = ++this.#count;
    const tell = (order: PumpOrder): void => this.#worker.postMessage(order);
    const passage = new FileExchange(exchange, tell, () => this.#exchanges.delete(exchange));
    this.#exchanges.set(exchange, passage);
    signal.addEventListener('abort', passage.cancel, { once: true });
    tell({ type: 'send', exchange, request });
    await passage.headReady;
    return passage;
  }
}

class FileExchange implements Exchange {
  readonly #exchange: number;
  readonly #tell: (order: PumpOrder) => void;
  readonly #forget: () => void;
  readonly #head = Promise.withResolvers<ResponseHead>();
  readonly #end = Promise.withResolvers<Poured>();
  #received: ResponseHead | undefined;
  #key = '';
  #flushed = 0;
  #vouching = false;
  #onSize: (size: number) => void = () => undefined;

  constructor(exchange: number, tell: (order: PumpOrder) => void, forget: () => void) {
    this.#exchange = exchange;
    this.#tell = tell;
    this.#forget = forget;
    // A fault is told to whoever waits; nobody may wait yet.
    this.#end.promise.catch(() => undefined);
  }

  get headReady(): Promise<ResponseHead> {
    return this.#head.promise;
  }

  get head(): ResponseHead {
    if (!this.#received) throw new DOMException('The response has no head yet.', 'InvalidStateError');
    return this.#received;
  }

  readonly cancel = (): void => this.#tell({ type: 'cancel', exchange: this.#exchange });

  pour(key: string, at: number, onSize: (size: number) => void): Promise<Poured> {
    this.#key = key;
    this.#onSize = onSize;
    this.#tell({ type: 'pour', exchange: this.#exchange, key, at });
    return this.#end.promise;
  }

  hear(news: Extract<PumpNews, { exchange: number }>): void {
    switch (news.type) {
      case 'head':
        this.#received = news.head;
        this.#head.resolve(news.head);
        break;
      case 'size':
        this.#onSize(news.size);
        break;
      case 'flushed':
        void this.#vouch(news.size);
        break;
      case 'end':
        this.#forget();
        this.#onSize(news.size);
        this.#end.resolve({ size: news.size, wire: news.wire });
        break;
      case 'fault':
        this.#fail(
          news.at === 'network'
            ? new NetworkFault(news.message)
            : new StorageFault(news.message, news.name === 'QuotaExceededError'),
        );
    }
  }

  /** One write at a time; what came meanwhile is covered by the next. */
  async #vouch(flushed: number): Promise<void> {
    this.#flushed = flushed;
    if (this.#vouching) return;
    this.#vouching = true;
    try {
      for (let size = -1; size !== this.#flushed;) {
        size = this.#flushed;
        await vouch({ store: 'opfs', key: this.#key, size });
        this.#tell({ type: 'vouched', exchange: this.#exchange, size });
      }
    } catch (error) {
      this.#fail(toStorageFault(error));
      this.cancel();
      this.#tell({ type: 'vouched', exchange: this.#exchange, size: Infinity });
    } finally {
      this.#vouching = false;
    }
  }

  #fail(fault: Error): void {
    this.#forget();
    this.#head.reject(fault);
    this.#end.reject(fault);
  }
}

function proof(worker: Worker): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new StorageFault('The worker did not start in time.', false)), PROOF_TIME);
    worker.addEventListener('error', () => reject(new StorageFault('The worker could not be started.', false)), { once: true });
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<PumpNews>) => {
        clearTimeout(timer);
        if (data.type === 'ready') resolve();
        else reject(new StorageFault(data.type === 'unfit' ? data.message : 'The worker spoke out of turn.', false));
      },
      { once: true },
    );
  }).catch((error: unknown) => {
    worker.terminate();
    throw error;
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
