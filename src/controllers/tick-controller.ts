/** One timer per page that updates hosts whose words change with the clock; it stops when there are none. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

const SECOND = 1000;
const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  for (const host of hosts) host.requestUpdate();
}

/** Updates its host every second while the host is ticking. */
export class TickController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isTicking: () => boolean;

  constructor(host: ReactiveControllerHost, isTicking: () => boolean) {
    this.#host = host;
    this.#isTicking = isTicking;
    host.addController(this);
  }

  hostUpdated(): void {
    if (isServer || !this.#isTicking()) this.hostDisconnected();
    else {
      hosts.add(this.#host);
      timer ??= setInterval(tick, SECOND);
    }
  }

  hostDisconnected(): void {
    if (!hosts.delete(this.#host) || hosts.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}
