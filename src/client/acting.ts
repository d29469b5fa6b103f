/** Everything that acts on downloads. It is loaded as a whole when the page is idle, because a click needs it at once, also without a network. */
export { assumedSpace } from '../bytes/bodies.js';
export { answerFrom } from '../manager/stored-answer.js';
export { Commands } from './commands.js';
export { connect } from './connect.js';
