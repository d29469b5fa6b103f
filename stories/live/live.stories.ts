/** Each element with the real thing under it: engine, speed and the server's faults are switches. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { picture } from '../picture.js';
import { addressOf, FAULTS, type Fault } from './pretend-server.js';
import { live, workerReady } from './stage.js';

interface Args {
  readonly engine: 'auto' | 'native' | 'in-page';
  /** Bytes a second. Neither this nor a fault is there where the browser's own engine asks. */
  readonly speed?: keyof typeof SPEEDS;
  readonly fault?: Fault;
}

/** That engine asks past the worker that plays the server. */
const NOT_NATIVE = { arg: 'engine', neq: 'native' } as const;

const SPEEDS = { 200_000: '200 kB/s', 1_000_000: '1 MB/s', 5_000_000: '5 MB/s', 50_000_000: '50 MB/s' };
const FAULT_NAMES: Record<Fault, string> = {
  none: 'nothing',
  cut: 'the line is cut half way',
  stall: 'the line falls silent half way',
  busy: '503, try again in 5 seconds',
  'not-found': '404',
  'no-length': 'it does not say the size',
  'no-ranges': 'it has no ranges',
};

/** What there is to download, under an id and a title of its own for each setting of the switches. */
interface Download {
  readonly id: string;
  readonly title: string;
  readonly src: string;
}

export default {
  title: 'Live',
  tags: ['!autodocs'],
  loaders: [workerReady],
  args: { engine: 'auto', speed: 1_000_000, fault: 'none' },
  argTypes: {
    engine: { description: 'Who moves the bytes.', control: 'inline-radio', options: ['auto', 'native', 'in-page'] },
    speed: {
      description: 'How fast the server sends to a page; to the browser’s own engine, as fast as the host can.',
      if: NOT_NATIVE,
      options: Object.keys(SPEEDS).map(Number),
      control: { type: 'inline-radio', labels: SPEEDS },
    },
    fault: {
      description: 'What goes wrong at the server when a page asks; for the browser’s own engine nothing does.',
      if: NOT_NATIVE,
      options: FAULTS,
      control: { type: 'select', labels: FAULT_NAMES },
    },
  },
} satisfies Meta<Args>;

function showing(content: (download: Download) => TemplateResult): StoryObj<Args> {
  return {
    render: ({ engine, speed, fault }) => {
      const settings = [engine, speed && SPEEDS[speed], fault && fault !== 'none' && FAULT_NAMES[fault]];
      const title = `A sample: ${settings.filter(Boolean).join(', ')}`;
      const src = addressOf('sample.bin', speed, fault);
      return live(content({ id: [engine, speed, fault].join(' '), title, src }), engine);
    },
  };
}

const ICON = picture('S', '#1565c0', '#00a3a3');
const button = ({ id, title, src }: Download) =>
  html`<bg-fetch-button fetch-id=${id} src=${src} download-title=${title} .icons=${[ICON]}></bg-fetch-button>`;

export const Button = showing(button);
export const Progress = showing(
  (download) =>
    html`${button(download)}
      <p><bg-fetch-progress fetch-id=${download.id} label=${download.title}></bg-fetch-progress></p>
      <bg-fetch-progress fetch-id=${download.id} label=${download.title} variant="ring"></bg-fetch-progress>`,
);
export const Status = showing(
  (download) =>
    html`${button(download)}
      <p><bg-fetch-status fetch-id=${download.id}>Not here yet.</bg-fetch-status></p>`,
);
export const Item = showing(
  (download) =>
    html`${button(download)}
      <p><bg-fetch-item fetch-id=${download.id}></bg-fetch-item></p>`,
);
export const List = showing(
  (download) =>
    html`<p>${button(download)}</p>
      <bg-fetch-list></bg-fetch-list>`,
);
export const Indicator = showing((download) => html`${button(download)} <bg-fetch-indicator></bg-fetch-indicator>`);
export const Storage = showing(
  (download) =>
    html`<p>${button(download)}</p>
      <bg-fetch-storage></bg-fetch-storage>`,
);

/** No element starts this one: the page asks the provider's client itself, and says when it refuses. */
export const Provider = showing(
  (download) =>
    html`<p>
        <button @click=${(event: Event) => void start(event, download)}>Start it by the client</button>
        <output></output>
      </p>
      <bg-fetch-list></bg-fetch-list>`,
);

async function start({ currentTarget }: Event, { id, title, src }: Download): Promise<void> {
  const button = currentTarget as Element;
  const output = button.nextElementSibling!;
  try {
    await button.closest('bg-fetch-provider')?.client?.start(id, [src], { title, icons: [ICON] });
    output.textContent = '';
  } catch (error) {
    output.textContent = (error as Error).message;
  }
}
