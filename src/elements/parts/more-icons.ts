/** Icons of statuses and commands. */
import type { TemplateResult } from 'lit';
import { bangIcon, checkIcon, downloadIcon, draw } from './icons.js';

const PATHS = {
  clock: 'M12 7.5V12l3 2M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0',
  offline: 'M4 4l16 16M8.5 15a5 5 0 0 1 6.6-.4M5.5 11.7a9.6 9.6 0 0 1 4-2.3m4.4 0a9.6 9.6 0 0 1 4.6 2.3M12 18.8v.1',
  again: 'M19 12a7 7 0 1 1-2.2-5.1M19.5 4v4h-4',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  cancel: 'm6.5 6.5 11 11m0-11-11 11',
  pause: 'M9 6v12m6-12v12',
  play: 'M8 5.5v13l10.5-6.5z',
  bin: 'M4.5 7h15M9.5 7V4.8h5V7m2.8 0-.8 12.2h-9L6.7 7',
  open: 'M13 5h6v6m0-6-8.5 8.5M17 14v5H5V7h5',
  save: 'M12 4v9m0 0-3.5-3.5M12 13l3.5-3.5M5 14v5h14v-5',
  chevron: 'm8 10 4 4 4-4',
} as const;

const FIRST = { download: downloadIcon, check: checkIcon, bang: bangIcon };

/** Name of an icon. */
export type IconName = keyof typeof PATHS | keyof typeof FIRST;

export function icon(name: IconName): TemplateResult {
  return name in FIRST ? FIRST[name as keyof typeof FIRST] : draw(name, PATHS[name as keyof typeof PATHS]);
}
