/** Text of a record, which another version, page or script may have written. */

/** Converts a value to text, so that an object in the shape of a template is never rendered as one. */
export function toText(value: unknown): string {
  return String(value);
}
