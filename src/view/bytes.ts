/** Formats sizes and speeds with `Intl`. */

const cache = new Map<string, Intl.NumberFormat>();

/** Returns the cached number format of a language. */
export function numberFormat(tag: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = tag + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) cache.set(key, (format = new Intl.NumberFormat(tag, options)));
  return format;
}

/** Units of size; each is 1000 times the one before. */
export const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];

/** Returns the exponent of 1000 for the unit of a size. */
export function powerOf(bytes: number): number {
  return bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
}

/** Returns the number of decimals: one below 100, none for bytes and kilobytes. */
export function digitsOf(value: number, power: number): number {
  return power < 2 || value >= 99.95 ? 0 : 1;
}

/** Formats a size in bytes: `412 MB`. */
export function formatBytes(tag: string, bytes: number, suffix = ''): string {
  let power = powerOf(bytes);
  // 999.96 kB is formatted as 1 MB, not as 1,000 kB.
  if (power < UNITS.length - 1 && Number((bytes / 1000 ** power).toFixed(digitsOf(bytes / 1000 ** power, power))) >= 1000)
    power++;
  const value = bytes / 1000 ** power;
  const unit = (UNITS[power] ?? 'byte') + suffix;
  return numberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digitsOf(value, power) }).format(
    value,
  );
}

/** Formats a speed in bytes per second: `3.1 MB/s`. */
export function formatRate(tag: string, bytesPerSecond: number): string {
  return formatBytes(tag, bytesPerSecond, '-per-second');
}
