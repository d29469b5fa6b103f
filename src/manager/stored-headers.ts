/** Headers of stored responses (docs/decisions/0022). */

/** Creates `Headers` without those that the browser rejects, such as raw UTF-8 in a row of 0.1. */
export function toHeaders(stored: readonly (readonly [name: string, value: string])[]): Headers {
  const headers = new Headers();
  for (const [name, value] of stored) {
    try {
      headers.append(name, name === 'content-disposition' ? toAsciiDisposition(value) : value);
    } catch {
      // An invalid header must not make the file unavailable.
    }
  }
  return headers;
}

/** Converts a non-ASCII file name to `filename*` (RFC 8187), because browsers decode a worker's headers differently. */
function toAsciiDisposition(disposition: string): string {
  if (/^[\x20-\x7e\t]*$/.test(disposition)) return disposition;
  const text = decoded(disposition);
  const [, kind = 'attachment', rest = ''] = /^\s*([\w-]+)\s*;?(.*)$/s.exec(text) ?? [];
  const [, quoted, bare = ''] = /filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*))/i.exec(rest) ?? [];
  const name = quoted?.replace(/\\(.)/g, '$1') ?? bare.trim();
  return name === '' ? kind : `${kind}; filename*=UTF-8''${escaped(name)}`;
}

/** Decodes a byte string as UTF-8, if it is. */
function decoded(value: string): string {
  if (/[\u0100-\uffff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(value, (byte) => byte.charCodeAt(0)));
  } catch {
    return value;
  }
}

function escaped(name: string): string {
  // Firefox 115 has no `toWellFormed()`.
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
