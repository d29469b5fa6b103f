/** Where records rest between visits. */
import { database } from './database.js';
import type { FetchRecord } from './record.js';

export async function readRecord(id: string): Promise<FetchRecord | undefined> {
  return (await database()).get('records', id);
}

export async function readRecords(): Promise<FetchRecord[]> {
  return (await database()).getAll('records');
}

export async function writeRecord(record: FetchRecord): Promise<void> {
  await (await database()).put('records', record);
}

export async function deleteRecord(id: string): Promise<void> {
  await (await database()).delete('records', id);
}
