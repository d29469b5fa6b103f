/** The gallery in Chromium. */
import { tellOfLife } from './live.js';
import { tellOfStories } from './stories.js';

tellOfStories('chromium');
tellOfLife('chromium');
