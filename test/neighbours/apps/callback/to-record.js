/** A callback's numbers as a record, which is plain data. */
export function toRecord({ id, title, loaded, total, status, startedAt }) {
  return {
    id,
    title,
    icons: [],
    requests: [],
    files: [],
    downloaded: loaded,
    downloadTotal: total,
    uploaded: 0,
    uploadTotal: 0,
    kept: 0,
    result: status === 'done' ? 'success' : '',
    failureReason: '',
    status,
    engine: 'native',
    startedAt,
    changedAt: Date.now(),
  };
}
