/** Sends one request in the worker and stores the body of its response in a file. */
import { readChunks } from '../chunk-reader.js';
import { encodedBodySize } from '../encoded-body-size.js';
import { readInRanges } from '../range-reader.js';
import type { TransferErrorKind } from '../transfer-error.js';
import { REPORT_INTERVAL, toResponseHead, type BodyTarget, type OutgoingRequest } from '../transport.js';
import { FileWriter } from './file-writer.js';
import type { PageMessage, WorkerMessage } from './protocol.js';

/** Sends the request at once; stores the body when the page posts its target on the port. */
export function sendFor(port: MessagePort, { url, init }: OutgoingRequest): void {
  const control = new AbortController();
  const sent = { ...init, signal: control.signal };
  const begun = performance.now();
  let storeBody: ((target: BodyTarget) => Promise<void>) | undefined;
  const post = (message: WorkerMessage): void => port.postMessage(message);
  const fail = (kind: TransferErrorKind, error: unknown): void => {
    const { name, message } = error as Error;
    post({ kind, name, message });
  };

  port.onmessage = ({ data }: MessageEvent<PageMessage>) => {
    if (data === 'cancel') control.abort();
    else void storeBody?.(data);
  };
  fetch(url, sent).then(
    (response) => {
      const chunks = readChunks(response.body);
      storeBody = (target) => store(response, chunks, target);
      post({ head: toResponseHead(response) });
    },
    (error: unknown) => fail('no-response', error),
  );

  async function store(response: Response, chunks: AsyncGenerator<Uint8Array>, target: BodyTarget): Promise<void> {
    const { key, offset, length } = target;
    /** The step that fails if an error is thrown now. */
    let step: TransferErrorKind = 'storage';
    let failure: unknown;
    let writer: FileWriter | undefined;
    let reportedAt = -Infinity;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const report = (): void => {
      writer?.writeBuffered();
      reportedAt = performance.now();
      post({ size: writer?.size ?? offset });
    };
    /** Reports the last bytes before a stall. */
    const reportLate = (): void => {
      timer = undefined;
      try {
        report();
      } catch (error) {
        step = 'storage';
        failure = error;
        control.abort();
      }
    };
    try {
      writer = await FileWriter.open(key, offset);
      step = 'network';
      for await (const chunk of readInRanges({ url, init: sent, response, chunks }, offset, length)) {
        step = 'storage';
        writer.write(chunk);
        if (performance.now() - reportedAt >= REPORT_INTERVAL) report();
        timer ??= setTimeout(reportLate, REPORT_INTERVAL);
        if (!failure) step = 'network';
      }
      step = 'storage';
      writer.writeBuffered();
      const isEncoded = response.headers.has('content-encoding');
      // The last flush is not awaited.
      post({ size: writer.size, encodedSize: isEncoded ? await encodedBodySize(url, begun) : 0 });
    } catch (error) {
      failure ??= error;
      control.abort();
    }
    clearTimeout(timer);
    writer?.close();
    if (!failure) return;
    post({ size: writer?.size ?? offset });
    fail(step, failure);
  }
}
