/** Attributes of a registration at one moment, as plain data. */
import type { BackgroundFetchFailureReason, BackgroundFetchRegistration, BackgroundFetchResult } from './background-fetch.js';
import { isControllable, type FailureCause, type FileProgress, type TransferState, type WaitingFor } from './extras.js';

/** Sizes in bytes, times in milliseconds since the epoch. `extras` are undefined for native registrations. */
export interface RegistrationSnapshot {
  readonly downloaded: number;
  readonly downloadTotal: number;
  readonly uploaded: number;
  readonly uploadTotal: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly extras?: {
    readonly state: TransferState;
    readonly waitingFor: WaitingFor | undefined;
    readonly waitingUntil: number | undefined;
    readonly files: readonly FileProgress[];
    readonly failureDetail: string;
    readonly failureCause?: FailureCause | undefined;
  };
}

export function readRegistration(registration: BackgroundFetchRegistration): RegistrationSnapshot {
  const { downloaded, downloadTotal, uploaded, uploadTotal, result, failureReason } = registration;
  const standard = { downloaded, downloadTotal, uploaded, uploadTotal, result, failureReason };
  if (!isControllable(registration)) return standard;
  const { state, waitingFor, waitingUntil, files, failureDetail, failureCause } = registration;
  return { ...standard, extras: { state, waitingFor, waitingUntil, files, failureDetail, failureCause } };
}
