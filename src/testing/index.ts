/** Record factories and a fake client for a site's own tests and stories. */
export { PuppetClient, type Command } from './puppet-client.js';
export { createRecord, steadyCourse, type RecordParts } from './records.js';
