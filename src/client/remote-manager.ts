/** The manager in the service worker as async functions. Each call starts the worker if needed, has a timeout, and restores error types. */
import { wrap } from 'comlink';
import { COMMANDS, type ManagerApi } from '../manager/api.js';
import { CALL, isWorking } from '../manager/call.js';

/**
 * Timeouts of the attempts of a call, in milliseconds: a worker usually answers within tens of milliseconds. While it reports that it works on the
 * call, the timeout starts again.
 */
const TIMEOUTS = [1000, 3000, 6000];

/** Creates a client of the manager in the active worker of a registration. Calls reject with `TimeoutError` without an answer. */
export function remoteManager(registration: ServiceWorkerRegistration, timeouts: readonly number[] = TIMEOUTS): ManagerApi {
  const commands = COMMANDS.map(
    (command) => [command, (...args: unknown[]) => call(registration, command, args, timeouts)] as const,
  );
  return Object.fromEntries(commands) as unknown as ManagerApi;
}

/** Resolves with the first answer to any attempt: commands are idempotent. */
async function call(
  registration: ServiceWorkerRegistration,
  command: keyof ManagerApi,
  args: unknown[],
  timeouts: readonly number[],
): Promise<unknown> {
  const ports: MessagePort[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answered = new Promise((resolve, reject) => {
    let attempts = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(attempt, timeouts[attempts - 1]);
    };
    const attempt = () => {
      if (attempts === timeouts.length) {
        const time = timeouts.reduce((all, each) => all + each);
        const message = `The service worker of ${registration.scope} did not answer "${command}" in ${time} ms.`;
        reject(new DOMException(message, 'TimeoutError'));
        return;
      }
      attempts += 1;
      callOnce(registration, command, args, ports, wait).then(resolve, reject);
      wait();
    };
    attempt();
  });
  try {
    return await answered;
  } catch (error) {
    throw revived(error as Error);
  } finally {
    clearTimeout(timer);
    // Comlink's own release would wait for the worker and keep the port open.
    for (const port of ports) port.close();
  }
}

/** Calls once, with a new port for the answer, so that nothing outlives the worker (docs/decisions/0017). `working` is called meanwhile. */
async function callOnce(
  { active, scope }: ServiceWorkerRegistration,
  command: keyof ManagerApi,
  args: unknown[],
  ports: MessagePort[],
  working: () => void,
): Promise<unknown> {
  if (!active) throw new DOMException(`No service worker is active for ${scope}. Register one.`, 'InvalidStateError');
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  const transfer = [port2];
  const manager = wrap<Record<string, (...args: unknown[]) => Promise<unknown>>>({
    addEventListener: (_type, listener) => {
      port1.onmessage = (event) => (isWorking(event.data) ? working() : (listener as EventListener)(event));
    },
    removeEventListener: () => undefined,
    // The call is posted to the worker with the port. Comlink's release message after garbage collection has no port and is not sent.
    postMessage(message: object) {
      if (transfer.length > 0) active.postMessage({ ...message, ...CALL }, transfer.splice(0));
    },
  });
  return manager[command]?.(...args);
}

/** Restores the class of an error: Comlink transfers only name, message and stack. */
function revived(error: Error): Error {
  if (error instanceof DOMException) return error;
  const { name, message } = error;
  if (name === 'TypeError') return new TypeError(message);
  return name.endsWith('Error') && name !== 'Error' ? new DOMException(message, name) : error;
}
