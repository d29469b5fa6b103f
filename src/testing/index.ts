/** What a site's own tests and stories use: records made by hand, and a client on strings. */
export { PuppetClient, type Command } from './puppet-client.js';
export { createRecord, steadyCourse, type RecordParts } from './records.js';
