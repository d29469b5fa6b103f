/** Defines every element, the provider first, so that the others find it. */
import './define/bg-fetch-provider.js';
import './define/bg-fetch-button.js';
import './define/bg-fetch-progress.js';
import './define/bg-fetch-status.js';
import './define/bg-fetch-item.js';
import './define/bg-fetch-list.js';
import './define/bg-fetch-indicator.js';
import './define/bg-fetch-storage.js';
