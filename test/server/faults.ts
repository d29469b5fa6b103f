/**
 * What can go wrong at a server, as a URL's query: `/files/NAME?size=2M&cut=500k&times=1`.
 *
 * | parameter | values |
 * |---|---|
 * | `size` | bytes, `k`, `M` and `G` (1024) may follow; 1 MiB unless given |
 * | `seed` | whose bytes (`content.ts`); NAME unless given |
 * | `type` | the `Content-Type`; by NAME's ending unless given |
 * | `times` | the faults below hold for the first so many requests of this URL only |
 * | `after` | … and not for the first so many; `status=410&after=1`: a link that is good for one request |
 * | `etag` | `strong`, `weak`, `none`, `changing` (other bytes and another strong ETag with each request), `node` (another strong ETag, the same bytes) |
 * | `modified` | `none`, or a date; 2026-01-01 unless given |
 * | `ifrange` | `ignored`: 206 even when the condition fails |
 * | `ranges` | `off` (200 to a range), `refused` (416), `missing` (404), `unnamed` (no `Content-Range`), `early` (starts 100 before), `late` (100 after), `short` (half of the range, and says so), `star` (unknown length), `other-length`, `shifted` (other bytes than it says) |
 * | `unasked` | a 206 to a request without `Range`: `part` (its first half), `star` (unknown length), `unnamed` (no `Content-Range`), `whole` |
 * | `status` | answers with it and no more |
 * | `retry` | `Retry-After` in seconds; `retry=date:5` as a date |
 * | `length` | `none` (chunked), `more` (announces 1000 more than come), `less` (announces half), `both` (right, beside `Transfer-Encoding: chunked`), `both-more`, `both-less` |
 * | `gzip` | `on`: packed on the way, ranges come unpacked; `chunked`: without a length; `unpacked`: with the length of the unpacked file; `rest`: the file rests packed, its ranges too |
 * | `header` | `NAME:VALUE`, sent in place of the server's own, as UTF-8; without VALUE it is left out; may be repeated |
 * | `away` | the first so many requests of this URL are reset without an answer; `HEAD` is answered |
 * | `cut`, `reset`, `stall` | after so many bytes of the body: closed, reset, silent for ever |
 * | `hold` | … goes on after a stall of so many milliseconds |
 * | `linger` | silent for so many milliseconds before it is cut or reset, so that what came has been read |
 * | `cuts` | … for the first so many requests of this URL only |
 * | `echo` | `on`: answers with the request's own body |
 * | `rate` | bytes a second; faults of times do not touch it |
 * | `rates` | … for the first so many requests of this URL only |
 * | `delay` | milliseconds before the answer |
 * | `late` | milliseconds between the answer's head and its first byte |
 * | `cors` | `open` (all exposed), `plain` (nothing exposed), `no-preflight`, `second` (every second `GET` only); none unless given |
 * | `redirect` | how many redirects before the answer; `signed:N`: one, to a URL of its own with `signed-for=N` |
 * | `signed-for` | how many requests this URL answers before it has expired: 403 |
 * | `head` | `refused` (405), `lying` (half of the length) |
 * | `html` | `on`: a captive portal's page with status 200 |
 */

/** The query as data, checked. */
export interface Faults {
  readonly size: number;
  readonly seed: string | undefined;
  readonly type: string | undefined;
  readonly times: number;
  readonly after: number;
  readonly etag: 'strong' | 'weak' | 'none' | 'changing' | 'node';
  readonly modified: Date | undefined;
  readonly ifRangeIgnored: boolean;
  readonly ranges: (typeof RANGES)[number];
  readonly unasked: 'never' | 'part' | 'star' | 'unnamed' | 'whole';
  readonly status: number | undefined;
  readonly retry: string | undefined;
  readonly length: 'right' | 'none' | 'more' | 'less' | 'both' | 'both-more' | 'both-less';
  readonly gzip: 'off' | 'on' | 'chunked' | 'unpacked' | 'rest';
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly away: number;
  readonly cutAfter: number | undefined;
  readonly resetAfter: number | undefined;
  readonly stallAfter: number | undefined;
  readonly hold: number | undefined;
  readonly linger: number | undefined;
  readonly cuts: number;
  readonly echo: boolean;
  readonly rate: number | undefined;
  readonly rates: number;
  readonly delay: number;
  readonly late: number;
  readonly cors: 'none' | 'open' | 'plain' | 'no-preflight' | 'second';
  readonly redirect: string | undefined;
  readonly head: 'right' | 'refused' | 'lying';
  readonly html: boolean;
}

const RANGES = [
  'on',
  'off',
  'refused',
  'missing',
  'unnamed',
  'early',
  'late',
  'short',
  'star',
  'other-length',
  'shifted',
] as const;
const MIB = 1024 * 1024;

/** Reads the faults; throws a `RangeError` for a value that is not in the table, so that no test passes by a typing slip. */
export function readFaults(query: URLSearchParams): Faults {
  const word = <Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word => {
    const value = query.get(name) ?? words[0];
    const known = words.find((each) => each === value);
    if (known === undefined) throw new RangeError(`Unknown ${name}="${value}". Known are ${words.join(', ')}.`);
    return known;
  };
  const bytes = (name: string): number | undefined => toBytes(name, query.get(name));
  const modified = query.get('modified') ?? '2026-01-01T00:00:00Z';
  return {
    size: bytes('size') ?? MIB,
    seed: query.get('seed') ?? undefined,
    type: query.get('type') ?? undefined,
    times: bytes('times') ?? Infinity,
    after: bytes('after') ?? 0,
    etag: word('etag', ['strong', 'weak', 'none', 'changing', 'node']),
    modified: modified === 'none' ? undefined : new Date(modified),
    ifRangeIgnored: word('ifrange', ['kept', 'ignored']) === 'ignored',
    ranges: word('ranges', RANGES),
    unasked: word('unasked', ['never', 'part', 'star', 'unnamed', 'whole']),
    status: bytes('status'),
    retry: toRetryAfter(query.get('retry')),
    length: word('length', ['right', 'none', 'more', 'less', 'both', 'both-more', 'both-less']),
    gzip: word('gzip', ['off', 'on', 'chunked', 'unpacked', 'rest']),
    headers: query.getAll('header').map(toHeader),
    away: bytes('away') ?? 0,
    cutAfter: bytes('cut'),
    resetAfter: bytes('reset'),
    stallAfter: bytes('stall'),
    hold: bytes('hold'),
    linger: bytes('linger'),
    cuts: bytes('cuts') ?? Infinity,
    echo: word('echo', ['off', 'on']) === 'on',
    rate: bytes('rate'),
    rates: bytes('rates') ?? Infinity,
    delay: bytes('delay') ?? 0,
    late: bytes('late') ?? 0,
    cors: word('cors', ['none', 'open', 'plain', 'no-preflight', 'second']),
    redirect: query.get('redirect') ?? undefined,
    head: word('head', ['right', 'refused', 'lying']),
    html: word('html', ['off', 'on']) === 'on',
  };
}

function toBytes(name: string, text: string | null): number | undefined {
  if (text === null) return undefined;
  const [, digits, unit = ''] = /^(\d+)([kMG]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new RangeError(`Not a number: ${name}="${text}".`);
  return Number(digits) * 1024 ** ' kMG'.indexOf(unit || ' ');
}

/** Node writes header values as Latin-1, so the UTF-8 bytes are passed as such. */
function toHeader(text: string): [name: string, value: string] {
  const [, name, value] = /^([\w-]+):(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new RangeError(`Not NAME:VALUE: header="${text}".`);
  return [name.toLowerCase(), Buffer.from(value).toString('latin1')];
}

function toRetryAfter(text: string | null): string | undefined {
  if (!text?.startsWith('date:')) return text ?? undefined;
  return new Date(Date.now() + Number(text.slice(5)) * 1000).toUTCString();
}
