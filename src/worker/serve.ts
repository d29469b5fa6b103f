/** Serves the manager's commands to pages: one port a call, so that nothing outlives the worker (Comlink#637). */
/// <reference lib="webworker" />
import { expose } from 'comlink';
import { API_VERSION, COMMANDS } from '../manager/api.js';
import { isCall } from '../manager/call.js';
import type { Manager } from '../manager/manager.js';

/** Hears calls while the worker's script first runs; each keeps the worker alive until it is answered. */
export function serveCommands(scope: ServiceWorkerGlobalScope, manager: Manager): void {
  scope.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (!port || !isCall(event.data)) return;
    const { version } = event.data;
    event.waitUntil(serveOnce(port, version > API_VERSION ? stranger(version) : manager).then(() => manager.rest()));
  });
}

/** Resolves when the one call that comes through the port has been answered, or passed over. */
function serveOnce(port: MessagePort, commands: object): Promise<void> {
  return new Promise((resolve) => {
    // Comlink itself would follow any path and set any property.
    port.addEventListener('message', (event) => {
      if (isCommand(event.data)) return;
      event.stopImmediatePropagation();
      resolve();
    });
    expose(commands, {
      addEventListener: (type, listener) => port.addEventListener(type, listener),
      removeEventListener: (type, listener) => port.removeEventListener(type, listener),
      postMessage(answer, transfer = []) {
        port.postMessage(answer, transfer);
        resolve();
      },
      start: () => port.start(),
    });
  });
}

/** What answers a page that is newer than this worker. */
function stranger(version: number): object {
  const refuse = () => {
    throw new DOMException(`The worker speaks version ${API_VERSION}, the page ${version}.`, 'VersionError');
  };
  return Object.fromEntries(COMMANDS.map((command) => [command, refuse]));
}

function isCommand(message: unknown): boolean {
  const { type, path } = message as { type?: unknown; path?: unknown };
  return type === 'APPLY' && Array.isArray(path) && path.length === 1 && COMMANDS.includes(path[0] as (typeof COMMANDS)[number]);
}
