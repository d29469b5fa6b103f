/** Statuses of a server that is busy for a while: the same request may succeed later (RFC 9110 §15.5, §15.6; RFC 6585; RFC 8470). */
export const TEMPORARY_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);
