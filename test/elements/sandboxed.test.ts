/** A page without an origin of its own, where the browser refuses every question about storage. */
import { fixture, html } from '@open-wc/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import type { BgFetchStorageElement } from '../../src/elements/storage/bg-fetch-storage.js';
import '../../src/define.js';

const refusal = new DOMException('The operation is insecure.', 'SecurityError');

const METHODS = ['estimate', 'persisted', 'persist'];
const refuse = () => Promise.reject(refusal);

// WebKitGTK has not all of them.
beforeEach(() => {
  for (const method of METHODS) Object.defineProperty(navigator.storage, method, { value: refuse, configurable: true });
});
afterEach(() => {
  for (const method of METHODS) Reflect.deleteProperty(navigator.storage, method);
  vi.restoreAllMocks();
});

it('shows that there is no space and no persistence', async () => {
  const client = new BgFetchClient();
  expect(await client.estimate()).toEqual({ usage: 0, quota: 0, persisted: false });
  expect(await client.persist()).toBe(false);
});

it('causes no unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => {
    unhandled.push(event.reason);
    event.preventDefault();
  };
  addEventListener('unhandledrejection', note);
  const element = await fixture<BgFetchStorageElement>(html`<bg-fetch-storage></bg-fetch-storage>`);
  await element.refresh();
  await element.persist();
  await new Promise((resolve) => setTimeout(resolve));
  removeEventListener('unhandledrejection', note);
  expect(unhandled).toEqual([]);
});
