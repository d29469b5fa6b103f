/** Sizes and speeds as a language writes them: by `Intl`. */

const cache = new Map<string, Intl.NumberFormat>();

/** The number format of a language, made once. */
export function numberFormat(tag: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = tag + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) cache.set(key, (format = new Intl.NumberFormat(tag, options)));
  return format;
}

/** The units of size, each a thousand of the one before. */
export const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];

/** The exponent of 1000 a size is best read in. */
export function powerOf(bytes: number): number {
  return bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
}

/** One decimal below 100, none for bytes and kilobytes: three digits tell enough. */
export function digitsOf(value: number, power: number): number {
  return power < 2 || value >= 99.95 ? 0 : 1;
}

/** `412 MB` */
export function formatBytes(tag: string, bytes: number, suffix = ''): string {
  let power = powerOf(bytes);
  // 999.96 kB reads as 1 MB, not as 1,000 kB.
  if (power < UNITS.length - 1 && Number((bytes / 1000 ** power).toFixed(digitsOf(bytes / 1000 ** power, power))) >= 1000)
    power++;
  const value = bytes / 1000 ** power;
  const unit = (UNITS[power] ?? 'byte') + suffix;
  return numberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digitsOf(value, power) }).format(
    value,
  );
}

/** `3.1 MB/s` */
export function formatRate(tag: string, bytesPerSecond: number): string {
  return formatBytes(tag, bytesPerSecond, '-per-second');
}
