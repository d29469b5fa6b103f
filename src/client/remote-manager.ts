/** The manager in the service worker, as plain async functions. Each call wakes the worker, has a deadline and comes back with the right error. */
import { wrap } from 'comlink';
import { COMMANDS, type ManagerApi } from '../manager/api.js';
import { CALL } from '../manager/call.js';

/** When a call that a stopping worker may have lost is made once more, in milliseconds: a worker answers within some tens. */
const AGAIN = [1000, 4000];

/** How long a call waits for an answer in all, in milliseconds. */
export const DEADLINE = 10_000;

/** Speaks to the active worker of a registration, whether or not it controls the page. Calls reject with `TimeoutError` when it does not answer. */
export function remoteManager(registration: ServiceWorkerRegistration): ManagerApi {
  const commands = COMMANDS.map((command) => [command, (...args: unknown[]) => call(registration, command, args)] as const);
  return Object.fromEntries(commands) as unknown as ManagerApi;
}

/** The first answer counts, whichever try it is to: every command may run twice with the same effect. */
async function call(registration: ServiceWorkerRegistration, command: keyof ManagerApi, args: unknown[]): Promise<unknown> {
  const over = new AbortController();
  const after = (delay: number) => {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      over.signal.addEventListener('abort', () => clearTimeout(timer));
    });
  };
  const late = async () => {
    await after(DEADLINE);
    throw new DOMException(
      `The service worker of ${registration.scope} did not answer "${command}" in ${DEADLINE} ms.`,
      'TimeoutError',
    );
  };
  const tries = [0, ...AGAIN].map(async (delay) => {
    if (delay > 0) await after(delay);
    return callOnce(registration, command, args, over.signal);
  });
  try {
    return await Promise.race([...tries, late()]);
  } catch (error) {
    throw revived(error as Error);
  } finally {
    over.abort();
  }
}

/** One call through a port of its own, so that nothing outlives the worker (Comlink#637). */
async function callOnce(
  { active, scope }: ServiceWorkerRegistration,
  command: keyof ManagerApi,
  args: unknown[],
  over: AbortSignal,
): Promise<unknown> {
  if (!active) throw new DOMException(`No service worker is active for ${scope}. Register one.`, 'InvalidStateError');
  const { port1, port2 } = new MessageChannel();
  const manager = wrap<Record<string, (...args: unknown[]) => Promise<unknown>>>(port1);
  // Comlink's own release would wait for the worker, and keep the port for ever.
  over.addEventListener('abort', () => port1.close());
  active.postMessage(CALL, [port2]);
  return manager[command]?.(...args);
}

/** Names survive the crossing, classes do not (Comlink carries name, message and stack). */
function revived(error: Error): Error {
  if (error instanceof DOMException) return error;
  const { name, message } = error;
  if (name === 'TypeError') return new TypeError(message);
  return name.endsWith('Error') && name !== 'Error' ? new DOMException(message, name) : error;
}
