/** A worker that holds still before any one of the writes of a command or an end event, so that it can be stopped there. */
import type { TestPage } from '../browsers/browser.js';

/** Where the worker holds still: before which of the writes (the first is 1) of which command or event of which download. */
export interface Halt {
  readonly at: string;
  readonly id: string;
  readonly step: number;
}

interface Order {
  readonly halt: Halt;
}

/** Comlink's words for a call. */
interface Call {
  readonly bgFetch: 'call';
  readonly path: readonly string[];
  readonly argumentList: readonly { readonly value: unknown }[];
}

/** The script of such a worker: this, then the kit's one line. */
export const HALTING_WORKER = `(${holdStill.toString()})();
importScripts('/dist/cdn/service-worker.js');`;

/** Wakes the worker and orders it; `halted()` resolves once it holds still. */
export async function order(tab: TestPage, halt: Halt): Promise<{ halted: () => Promise<true> }> {
  await tab.evaluate(async (given) => {
    const { port1, port2 } = new MessageChannel();
    const { active } = (await navigator.serviceWorker.getRegistration())!;
    await new Promise<void>((taken) => {
      const halted = new Promise<true>((resolve) => {
        port1.onmessage = ({ data }) => (data === 'taken' ? taken() : resolve(true));
      });
      Object.assign(globalThis, { halted });
      active!.postMessage({ halt: given }, [port2]);
    });
  }, halt);
  return { halted: () => tab.evaluate(() => (globalThis as unknown as { halted: Promise<true> }).halted) };
}

/** Runs in the worker before the kit. From the start of what was ordered it counts all that can be seen from outside. */
function holdStill(): void {
  // Long enough for the order to stop to arrive, in milliseconds.
  const still = 400;
  const ends = ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'];
  let ordered: Halt | undefined;
  let steps = 0;
  let begun = false;
  let say: (word: string) => void = () => undefined;

  const begin = (at: string | undefined, id: unknown) => {
    if (at === ordered?.at && (id === ordered?.id || at === 'list')) begun = true;
  };
  const step = () => {
    if (!begun || ++steps !== ordered?.step) return;
    say('halted');
    for (const until = Date.now() + still; Date.now() < until;);
  };
  const count = (of: object, name: string, counts: (...args: unknown[]) => boolean = () => true) => {
    const own = Reflect.get(of, name) as (...args: unknown[]) => unknown;
    Reflect.set(of, name, function (this: unknown, ...args: unknown[]) {
      if (counts(...args)) step();
      return own.apply(this, args);
    });
  };
  const post = MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void;
  count(IDBDatabase.prototype, 'transaction', (_stores, mode) => mode === 'readwrite');
  count(LockManager.prototype, 'request');
  count(Cache.prototype, 'put');
  count(BroadcastChannel.prototype, 'postMessage');
  count(MessagePort.prototype, 'postMessage');

  for (const end of ends) {
    addEventListener(end, (event) => begin(end, (event as Event & { registration: { id: string } }).registration.id));
  }
  addEventListener('message', ({ data, ports: [port] }: MessageEvent<Order | Call>) => {
    if (!port) return;
    if ('halt' in data) {
      ordered = data.halt;
      steps = 0;
      begun = false;
      say = (word) => post.call(port, word);
      say('taken');
      return;
    }
    if (!('bgFetch' in data)) return;
    const first = data.argumentList[0]?.value;
    begin(data.path[0], typeof first === 'object' && first ? (first as { id: string }).id : first);
    // With the answer it is over.
    port.postMessage = (answer: unknown) => {
      step();
      if (begun && !ends.includes(ordered?.at ?? '')) ordered = undefined;
      post.call(port, answer);
    };
  });
}
