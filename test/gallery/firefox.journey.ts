/** The gallery in Firefox. */
import { tellOfLife } from './live.js';
import { tellOfStories } from './stories.js';

tellOfStories('firefox');
tellOfLife('firefox');
