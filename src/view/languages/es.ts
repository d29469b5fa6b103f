import { english, type Messages } from '../messages.js';
export const messages: Messages = english;
