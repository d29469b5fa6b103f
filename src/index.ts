/** The public surface: classes, client, events and types. Importing it registers nothing and needs no browser. */
export { BgFetchClient, type ClientOptions, type StartOptions } from './client/client.js';
export { defaultClient } from './client/default-client.js';
export type { FetchListener, FetchStore, SubscribeOptions } from './client/fetch-store.js';
export { clientContext } from './controllers/client-context.js';
export { BgFetchButtonElement } from './elements/bg-fetch-button.js';
export { BgFetchItemElement } from './elements/bg-fetch-item.js';
export { BgFetchListElement } from './elements/bg-fetch-list.js';
export { BgFetchProgressElement } from './elements/bg-fetch-progress.js';
export { BgFetchProviderElement } from './elements/bg-fetch-provider.js';
export { BgFetchStatusElement } from './elements/bg-fetch-status.js';
export * from './elements/events.js';
export type { EngineChoice } from './engine/choose.js';
export type { EngineName } from './engine/engine.js';
export { UNDO_TIME, type FetchRecord, type FetchStatus } from './manager/record.js';
export type * from './standard/background-fetch.js';
export type { FileProgress, WaitingFor } from './standard/extras.js';
export type { PlainRequest } from './standard/plain-request.js';
