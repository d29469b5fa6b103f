/**
 * Background Fetch in pages of browsers that have none: importing this defines `registration.backgroundFetch` and its interfaces.
 * The worker's half is in `bg-fetch-elements/service-worker`.
 */
import { installBackgroundFetch } from './install.js';

installBackgroundFetch();
