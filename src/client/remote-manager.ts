/** The manager in the service worker, as plain async functions. Each call wakes the worker, has a deadline and comes back with the right error. */
import { wrap } from 'comlink';
import { COMMANDS, type ManagerApi } from '../manager/api.js';
import { CALL } from '../manager/call.js';

/** How long each try waits for an answer before the next is made, in milliseconds: a worker that is not being stopped answers within some tens. */
const TRIES = [1000, 3000, 6000];

/** How long a call waits for an answer in all, in milliseconds. */
const DEADLINE = TRIES.reduce((all, each) => all + each);

/** Speaks to the active worker of a registration, whether or not it controls the page. Calls reject with `TimeoutError` when it does not answer. */
export function remoteManager(registration: ServiceWorkerRegistration): ManagerApi {
  const commands = COMMANDS.map((command) => [command, (...args: unknown[]) => call(registration, command, args)] as const);
  return Object.fromEntries(commands) as unknown as ManagerApi;
}

/** The first answer counts, whichever try it is to: every command may run twice with the same effect. */
async function call(registration: ServiceWorkerRegistration, command: keyof ManagerApi, args: unknown[]): Promise<unknown> {
  const ports: MessagePort[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answered = new Promise((resolve, reject) => {
    const attempt = ([patience, ...more]: number[]): void => {
      if (patience === undefined) {
        const message = `The service worker of ${registration.scope} did not answer "${command}" in ${DEADLINE} ms.`;
        reject(new DOMException(message, 'TimeoutError'));
        return;
      }
      callOnce(registration, command, args, ports).then(resolve, reject);
      timer = setTimeout(attempt, patience, more);
    };
    attempt(TRIES);
  });
  try {
    return await answered;
  } catch (error) {
    throw revived(error as Error);
  } finally {
    clearTimeout(timer);
    // Comlink's own release would wait for the worker, and keep the port for ever.
    for (const port of ports) port.close();
  }
}

/** One call with a port of its own for the answer, so that nothing outlives the worker (Comlink#637). */
async function callOnce(
  { active, scope }: ServiceWorkerRegistration,
  command: keyof ManagerApi,
  args: unknown[],
  ports: MessagePort[],
): Promise<unknown> {
  if (!active) throw new DOMException(`No service worker is active for ${scope}. Register one.`, 'InvalidStateError');
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  const beside = [port2];
  const manager = wrap<Record<string, (...args: unknown[]) => Promise<unknown>>>({
    addEventListener: (_type, listener) => (port1.onmessage = listener as EventListener),
    removeEventListener: () => undefined,
    // Beside its port the call is there no later than through it. Comlink's farewell, when this is collected, has no port to go with.
    postMessage(message: object) {
      if (beside.length > 0) active.postMessage({ ...message, ...CALL }, beside.splice(0));
    },
  });
  return manager[command]?.(...args);
}

/** Names survive the crossing, classes do not (Comlink carries name, message and stack). */
function revived(error: Error): Error {
  if (error instanceof DOMException) return error;
  const { name, message } = error;
  if (name === 'TypeError') return new TypeError(message);
  return name.endsWith('Error') && name !== 'Error' ? new DOMException(message, name) : error;
}
