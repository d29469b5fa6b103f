/** Serves the manager's commands to pages. Each answer has its own port (docs/decisions/0017). */
/// <reference lib="webworker" />
import { expose } from 'comlink';
import { API_VERSION, OLD_REGISTER } from '../manager/api.js';
import { isCall, WORKING } from '../manager/call.js';
import type { Manager } from '../manager/manager.js';
import type { FetchPlan } from '../manager/record.js';

/** Interval of the messages of a call that is not answered yet, in milliseconds. */
const WORKING_INTERVAL = 300;

/** Time after which they end, in milliseconds: the browser's storage may never answer. */
const WORKING_LIMIT = 600_000;

/** Handles calls; must be called during the first run of the script. A call keeps the worker alive until it is answered, after `ready`. */
export function serveCommands(scope: ServiceWorkerGlobalScope, manager: Manager, ready: () => Promise<void>): void {
  scope.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (!port || !isCall(event.data)) return;
    const { version, path } = event.data;
    const [name] = path;
    let commands: object = manager;
    if (version > API_VERSION) commands = { [name]: () => refuse(version) };
    else if (name === OLD_REGISTER) commands = { [name]: (plan: FetchPlan) => manager.register(plan) };
    const stop = reportWorking(port);
    const answered = ready().then(() => answer(event, port, commands));
    event.waitUntil(answered.finally(stop).then(() => manager.rest()));
  });
}

/** Tells the page at intervals that its call is received; returns a function that ends this. */
function reportWorking(port: MessagePort): () => void {
  const started = Date.now();
  const report = () => {
    port.postMessage(WORKING);
    if (Date.now() - started > WORKING_LIMIT) stop();
  };
  const timer = setInterval(report, WORKING_INTERVAL);
  const stop = () => clearInterval(timer);
  return stop;
}

/** Answers a call through the port; resolves when it is answered. */
function answer(call: ExtendableMessageEvent, port: MessagePort, commands: object): Promise<void> {
  return new Promise((resolve) => {
    expose(commands, {
      addEventListener: (_type, listener) => (listener as EventListener)(call),
      removeEventListener: () => undefined,
      postMessage(message, transfer = []) {
        port.postMessage(message, transfer);
        resolve();
      },
    });
  });
}

/** Throws the error for a page that is newer than this worker. */
function refuse(version: number): never {
  throw new DOMException(`The worker speaks version ${API_VERSION}, the page ${version}.`, 'VersionError');
}
