/** The manager in the service worker, as plain async functions. Each call wakes the worker, has a deadline and comes back with the right error. */
import { releaseProxy, wrap } from 'comlink';
import { COMMANDS, type ManagerApi } from '../manager/api.js';
import { CALL } from '../manager/call.js';

/** How long one try waits for the worker, in milliseconds; a worker that was stopped answers within some tens. */
export const DEADLINE = 5000;

/** Every command may run twice with the same effect, so a call that a stopping worker lost is made once more. */
const TRIES = 2;

/** Speaks to the active worker of a registration, whether or not it controls the page. Calls reject with `TimeoutError` when it does not answer. */
export function remoteManager(registration: ServiceWorkerRegistration): ManagerApi {
  const commands = COMMANDS.map((command) => [command, (...args: unknown[]) => call(registration, command, args)] as const);
  return Object.fromEntries(commands) as unknown as ManagerApi;
}

async function call(registration: ServiceWorkerRegistration, command: keyof ManagerApi, args: unknown[]): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return await callOnce(registration, command, args);
    } catch (error) {
      const { name } = error as Error;
      if (name !== 'TimeoutError' || tries === TRIES) throw revived(error as Error);
    }
  }
}

async function callOnce(
  { active, scope }: ServiceWorkerRegistration,
  command: keyof ManagerApi,
  args: unknown[],
): Promise<unknown> {
  if (!active) throw new DOMException(`No service worker is active for ${scope}. Register one.`, 'InvalidStateError');
  const { port1, port2 } = new MessageChannel();
  const manager = wrap<Record<string, (...args: unknown[]) => Promise<unknown>>>(port1);
  active.postMessage(CALL, [port2]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(new DOMException(`The service worker of ${scope} did not answer "${command}" in ${DEADLINE} ms.`, 'TimeoutError')),
      DEADLINE,
    );
  });
  try {
    return await Promise.race([manager[command]?.(...args), late]);
  } finally {
    clearTimeout(timer);
    manager[releaseProxy]();
  }
}

/** Names survive the crossing, classes do not (Comlink carries name, message and stack). */
function revived(error: Error): Error {
  if (error instanceof DOMException) return error;
  const { name, message } = error;
  if (name === 'TypeError') return new TypeError(message);
  return name.endsWith('Error') && name !== 'Error' ? new DOMException(message, name) : error;
}
