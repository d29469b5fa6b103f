/** Serves the manager's commands to pages: one port a call, so that nothing outlives the worker (Comlink#637). */
/// <reference lib="webworker" />
import { expose, type Endpoint } from 'comlink';
import { API_VERSION, COMMANDS } from '../manager/api.js';
import { isCall } from '../manager/call.js';
import type { Manager } from '../manager/manager.js';

/** Hears calls while the worker's script first runs; each keeps the worker alive until it is answered. */
export function serveCommands(scope: ServiceWorkerGlobalScope, manager: Manager): void {
  scope.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (!port || !isCall(event.data)) return;
    event.waitUntil(serveOnce(port, manager, event.data.version).then(() => manager.rest()));
  });
}

type Command = (...args: unknown[]) => Promise<unknown>;

/** Resolves when the one call that comes through the port has been answered. */
function serveOnce(port: MessagePort, manager: Manager, version: number): Promise<void> {
  return new Promise((resolve) => {
    const answered = async (command: (typeof COMMANDS)[number], args: unknown[]) => {
      try {
        if (version > API_VERSION)
          throw new DOMException(`The worker speaks version ${API_VERSION}, the page ${version}.`, 'VersionError');
        return await (manager[command] as Command).apply(manager, args);
      } finally {
        resolve();
      }
    };
    const commands = COMMANDS.map((command) => [command, (...args: unknown[]) => answered(command, args)] as const);
    expose(Object.freeze(Object.fromEntries(commands)), onlyCommands(port, resolve));
    port.start();
  });
}

/** Lets calls of a command through and nothing else: Comlink itself would follow any path and set any property. */
function onlyCommands(port: MessagePort, refused: () => void): Endpoint {
  const heard = new Map<EventListenerOrEventListenerObject, (event: MessageEvent) => void>();
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer ?? []),
    addEventListener(type, listener) {
      const pass = (event: MessageEvent) => {
        if (!isCommand(event.data)) {
          refused();
          return;
        }
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      };
      heard.set(listener, pass);
      port.addEventListener(type as 'message', pass);
    },
    removeEventListener(type, listener) {
      const pass = heard.get(listener);
      if (pass) port.removeEventListener(type as 'message', pass);
    },
  };
}

function isCommand(message: unknown): boolean {
  const { type, path } = message as { type?: unknown; path?: unknown };
  return type === 'APPLY' && Array.isArray(path) && path.length === 1 && (COMMANDS as readonly unknown[]).includes(path[0]);
}
