/** The servers of `servers.journey.ts`, one a row: what the fault server is asked for, and how the download ends. */

export interface Row {
  readonly name: string;
  /** See `test/server/faults.ts`. */
  readonly query: string;
  readonly file?: string;
  readonly fragment?: string;
  /** 300 KiB unless given. */
  readonly size?: number;
  readonly at?: 'another origin';
  /** A `Range` header of the request itself. */
  readonly range?: string;
  /** `done` unless given. */
  readonly end?: 'done' | 'bad-status' | 'fetch-error' | 'refused';
}

const MIB = 1024 * 1024;
/** Cuts the first body in its middle; packed, it has 47 KiB. */
const cutOnce = (query: string) => `cut=${query.includes('gzip') ? '20k' : '100k'}&linger=300&cuts=1&${query}`;
/** All that a resume needs, but not the coding. */
const HIDDEN = 'cors=open&header=access-control-expose-headers:ETag, Content-Range, Accept-Ranges';

const sizes = [0, 1, 4095, 4096, MIB - 1, MIB, MIB + 1].map((size): Row => ({ name: `${size} bytes`, query: '', size }));

const addresses = ['a b.bin', '圖.bin', '🎧.bin', '50%25.bin', 'a%2Fb.bin', 'a+b.bin', "it's.bin", '[1].bin', 'no-extension'].map(
  (file): Row => ({ name: `the address ${file}`, query: '', file }),
);

const good: Row[] = [
  { name: 'a fragment', query: '', fragment: '#t=10' },
  { name: 'a fragment, packed', query: 'gzip=on', fragment: '#t=10' },
  { name: 'a version in the query', query: 'v=1', file: 'version.bin' },
  { name: 'another version in the query', query: 'v=2', file: 'version.bin' },
  ...['redirect=1', 'redirect=3'].map((query): Row => ({ name: query, query })),
  ...[
    'content-type:',
    'content-type:application/octet-stream',
    'content-type:video/mp4',
    'content-type:nonsense',
    'accept-ranges:none',
    'accept-ranges:',
    'vary:*',
    'vary:Cookie',
    'cache-control:no-store',
    'connection:close',
    'content-disposition:attachment; filename="a.bin"',
    'content-encoding:identity',
    'content-language:de',
    'date:',
    'etag:unquoted',
    'last-modified:never',
  ].map((header): Row => ({ name: `the header ${header}`, query: `header=${encodeURIComponent(header)}` })),
  { name: 'a web page where one is asked for', query: '', file: 'page.html' },
  {
    name: 'an attachment with the type of a web page',
    query: 'type=text/html&header=content-disposition:attachment',
    file: 'film.mp4',
  },
  { name: 'raw UTF-8 in Content-Disposition', query: 'header=content-disposition:attachment; filename="圖.mp3"' },
  { name: 'no ranges', query: 'ranges=off' },
  { name: 'no ETag', query: 'etag=none' },
  { name: 'no Last-Modified', query: 'modified=none' },
  { name: 'no validator', query: 'etag=none&modified=none' },
  { name: 'a weak ETag', query: 'etag=weak' },
  { name: 'a late answer', query: 'delay=700' },
  { name: 'a late first byte', query: 'late=700' },
  { name: 'the whole as a part that nobody asked for', query: 'unasked=whole' },
  { name: 'once 503', query: 'status=503&times=1&retry=1' },
  { name: 'once 429, and Retry-After 0', query: 'status=429&times=1&retry=0' },
  { name: 'a link that is good for one request', query: 'status=410&after=1' },
];

const lengths: Row[] = [
  { name: 'no length', query: 'length=none' },
  { name: 'no length, no ranges', query: 'length=none&ranges=off' },
  { name: 'a length beside chunks', query: 'length=both' },
  { name: 'a length beside chunks, too small', query: 'length=both-less' },
  { name: 'a length beside chunks, too large', query: 'length=both-more' },
  ...['on', 'chunked', 'unpacked', 'rest'].flatMap((gzip): Row[] => [
    { name: `packed: ${gzip}`, query: `gzip=${gzip}` },
    { name: `packed, no ranges: ${gzip}`, query: `gzip=${gzip}&ranges=off` },
    { name: `packed on another origin: ${gzip}`, query: `gzip=${gzip}&cors=plain`, at: 'another origin' },
    { name: `packed on another origin, no ranges: ${gzip}`, query: `gzip=${gzip}&cors=plain&ranges=off`, at: 'another origin' },
  ]),
  { name: 'a coding nobody knows', query: 'header=content-encoding:aws-chunked' },
  { name: 'a coding nobody knows, no length', query: 'header=content-encoding:UTF-8&length=none' },
  { name: 'another origin', query: 'cors=plain', at: 'another origin' },
  { name: 'another origin, all headers shown', query: 'cors=open', at: 'another origin' },
  { name: 'another origin, no length', query: 'cors=plain&length=none', at: 'another origin' },
];

const cut: Row[] = [
  ...[
    '',
    'ranges=off',
    'ranges=short',
    'ranges=early',
    'ranges=star',
    'ranges=unnamed',
    'ranges=refused',
    'etag=weak',
    'etag=weak&modified=none',
    'etag=none',
    'etag=node',
    'header=etag:unquoted',
    'length=none',
    'length=none&ranges=short',
    'length=both',
    'gzip=on',
    'gzip=rest',
    'gzip=chunked',
    'gzip=unpacked',
    'header=content-encoding:aws-chunked',
    'header=content-encoding:UTF-8&length=none',
  ].flatMap((query): Row[] => [
    { name: `cut once: ${query}`, query: cutOnce(query) },
    { name: `cut once on another origin: ${query}`, query: `${cutOnce(query)}&${HIDDEN}`, at: 'another origin' },
  ]),
  { name: 'cut once on another origin that shows nothing', query: cutOnce('cors=plain'), at: 'another origin' },
  { name: 'reset once', query: cutOnce('').replace('cut=', 'reset=') },
];

const bad: Row[] = [
  ...[202, 204, 205, 401, 403, 404, 410, 500].map((status): Row => ({
    name: `${status}`,
    query: `status=${status}`,
    end: 'bad-status',
  })),
  ...['part', 'star', 'unnamed'].map((unasked): Row => ({
    name: `a part that nobody asked for: ${unasked}`,
    query: `unasked=${unasked}`,
    end: 'bad-status',
  })),
  ...['film.mp4', 'book.pdf', 'course.zip'].map((file): Row => ({
    name: `a sign-in page for ${file}`,
    query: 'html=on',
    file,
    end: 'bad-status',
  })),
  { name: 'another origin without CORS', query: '', at: 'another origin', end: 'fetch-error' },
  { name: 'a Range of its own', query: '', range: 'bytes=0-999', end: 'refused' },
];

export const ROWS: readonly Row[] = [...sizes, ...addresses, ...good, ...lengths, ...cut, ...bad];

/** Rows in both places. */
const anywhere = (query: string) => [`cut once: ${query}`, `cut once on another origin: ${query}`];

/** What Chromium's own engine does not bring to its end, so that the page goes on with it. Measured with Chromium 156. */
export const LEFT_TO_THE_PAGE: ReadonlySet<string> = new Set([
  // It ends without the record of a response that no cache may keep.
  'the header vary:*',
  // It says success for a part, or for nothing.
  ...['ranges=short', 'ranges=star', 'ranges=unnamed', 'length=none&ranges=short'].flatMap(anywhere),
  // It says why in no word: the page knows only when it has tried.
  'another origin without CORS',
]);

/** Where it waits for ever once it was cut, until the visitor takes the offer to go on in the page. */
export const STUCK: ReadonlySet<string> = new Set(anywhere('gzip=rest'));
