/** Serves the manager's commands to pages: one port an answer, so that nothing outlives the worker (Comlink#637). */
/// <reference lib="webworker" />
import { expose } from 'comlink';
import { API_VERSION, COMMANDS } from '../manager/api.js';
import { isCall, type Call } from '../manager/call.js';
import type { Manager } from '../manager/manager.js';

/** Hears calls while the worker's script first runs; each keeps the worker alive until it is answered. */
export function serveCommands(scope: ServiceWorkerGlobalScope, manager: Manager): void {
  scope.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (!port || !isCall(event.data) || !isCommand(event.data)) return;
    const { version, path } = event.data;
    const commands = version > API_VERSION ? { [String(path)]: () => refuse(version) } : manager;
    event.waitUntil(answer(event, port, commands).then(() => manager.rest()));
  });
}

/** Resolves when the call has been answered through the port. */
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

/** Answers a page that is newer than this worker. */
function refuse(version: number): never {
  throw new DOMException(`The worker speaks version ${API_VERSION}, the page ${version}.`, 'VersionError');
}

/** Comlink itself would follow any path and set any property. */
function isCommand({ type, path }: Call): boolean {
  return type === 'APPLY' && Array.isArray(path) && path.length === 1 && COMMANDS.includes(path[0] as (typeof COMMANDS)[number]);
}
