/** Formats numbers, fractions and times with `Intl`. */

import { digitsOf, numberFormat, powerOf, UNITS } from './bytes.js';

/**
 * Formats the two numbers of `38.4 of 60 MB`. Both use the unit of the total, so that the text keeps its width while the number grows;
 * with `moves` the smaller unit is used.
 */
export function formatBytesOf(tag: string, bytes: number, total: number, moves = true): { done: string; total: string } {
  let power = powerOf(total);
  // "0.5 of 1.5 GB" changes too rarely; "480 of 1,548 MB" shows movement.
  if (moves && power > 2 && total < 10 * 1000 ** power) power--;
  const scale = 1000 ** power;
  const digits = digitsOf(total / scale, power);
  const unit = UNITS[power] ?? 'byte';
  const number = { minimumFractionDigits: bytes > 0 && bytes < total ? digits : 0, maximumFractionDigits: digits };
  return {
    done: numberFormat(tag, number).format(bytes / scale),
    total: numberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(total / scale),
  };
}

/** Formats a fraction from 0 to 1 as `64 %`, rounded down: only a complete download is 100 %. */
export function formatPercent(tag: string, value: number): string {
  return numberFormat(tag, { style: 'percent' }).format(Math.floor(value * 100) / 100);
}

/** Formats speed and time left: `3.1 MB/s, about 2 min`. */
export function formatList(tag: string, facts: readonly string[]): string {
  return new Intl.ListFormat(tag, { type: 'unit', style: 'short' }).format(facts);
}

/** Formats a number: `1,548`. */
export function formatNumber(tag: string, value: number): string {
  return numberFormat(tag, {}).format(value);
}

/** Formats an estimate in seconds as `7 s`, `2 min` or `3 hr`; never 0. */
export function formatDuration(tag: string, seconds: number, unitDisplay: 'short' | 'long' = 'short'): string {
  const [value, unit] =
    seconds < 57.5
      ? [seconds > 10 ? Math.round(seconds / 5) * 5 : Math.ceil(seconds), 'second']
      : seconds < 3570
        ? [Math.round(seconds / 60), 'minute']
        : seconds < 86_000
          ? [Math.round(seconds / 3600), 'hour']
          : [Math.round(seconds / 86_400), 'day'];
  return numberFormat(tag, { style: 'unit', unit, unitDisplay }).format(Math.max(1, value));
}

/** Formats exact seconds: `40 s`. */
export function formatSeconds(tag: string, seconds: number): string {
  return seconds < 120
    ? numberFormat(tag, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(Math.floor(seconds))
    : formatDuration(tag, seconds);
}

/** Formats a countdown in seconds: `0:42`, `1:05:00`. */
export function formatCountdown(tag: string, seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  if (whole >= 3600) parts.unshift(Math.floor(whole / 3600));
  return parts
    .map((part, index) => numberFormat(tag, { minimumIntegerDigits: index === 0 ? 1 : 2, useGrouping: false }).format(part))
    .join(':');
}

/** Formats a past time: `today`, `yesterday`, `3 days ago`; the date after a week. */
export function formatDay(tag: string, time: number, now: number): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const days = Math.ceil((midnight - time) / 86_400_000);
  if (days > 6) return new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }).format(time);
  return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-Math.max(0, days), 'day');
}
