/** Stands in for `@web/test-runner-commands`, which semantic-dom-diff imports for its snapshots only. */
function missing(): never {
  throw new Error('Snapshots of @web/test-runner are not available in vitest. Use shadowDom.to.equal().');
}

export {
  missing as compareSnapshot,
  missing as getSnapshot,
  missing as getSnapshotConfig,
  missing as removeSnapshot,
  missing as saveSnapshot,
};
