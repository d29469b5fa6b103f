/** nginx as sites have it, for what only a real server shows: its ranges, its validators, its connections. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';

const [PROGRAM, OPENSSL] = ['nginx', 'openssl'].map((name) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].map((folder) => join(folder, name)).find(existsSync),
);

/** True where nginx is installed, and what makes its certificate. */
export const hasNginx = PROGRAM !== undefined && OPENSSL !== undefined;

/** One line of nginx's log. */
export interface Line {
  readonly status: number;
  readonly uri: string;
  /** The request's `Range`, `-` when it has none. */
  readonly range: string;
  readonly ifRange: string;
  /** Bytes of the body that were sent. */
  readonly sent: number;
  /** `HTTP/1.1`, `HTTP/2.0`. */
  readonly protocol: string;
}

/** An nginx of its own on two free ports, with a folder of its own. */
export class Nginx {
  readonly #folder: string;
  readonly #port: number;
  readonly #securePort: number;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number, securePort: number) {
    this.#folder = folder;
    this.#port = port;
    this.#securePort = securePort;
  }

  /** Starts it with these files, the built kit at `/dist/`, and so many bytes a second for each connection. */
  static async start(files: ReadonlyMap<string, string | Uint8Array>, rate: number): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
    const nginx = new Nginx(folder, await freePort(), await freePort());
    await mkdir(join(folder, 'html'));
    await cp('dist/cdn', join(folder, 'html/dist/cdn'), { recursive: true });
    for (const [path, content] of files) await writeFile(join(folder, 'html', path), content);
    if (existsSync('/etc/nginx/mime.types')) await copyFile('/etc/nginx/mime.types', join(folder, 'mime.types'));
    else await writeFile(join(folder, 'mime.types'), 'types { text/html html; text/javascript js; }');
    await writeFile(join(folder, 'nginx.conf'), configuration(nginx.#port, nginx.#securePort, rate));
    await promisify(execFile)(OPENSSL ?? 'openssl', CERTIFICATE, { cwd: folder });
    await nginx.start();
    return nginx;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** The same by HTTP/2, with a certificate that nobody vouches for. */
  get secureOrigin(): string {
    return `https://localhost:${this.#securePort}`;
  }

  async start(): Promise<void> {
    const child = spawn(PROGRAM ?? 'nginx', ['-p', this.#folder, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'ignore' });
    this.#process = child;
    for (let tries = 0; tries < 100; tries++) {
      if (child.exitCode !== null) throw new Error(await readFile(join(this.#folder, 'error.log'), 'utf8'));
      const answered = await fetch(`${this.origin}/up`).catch(() => undefined);
      if (answered) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('nginx did not answer within 5 s.');
  }

  /** Cuts every connection. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await ended;
  }

  /** What was asked for this path and answered, in the order the answers ended. */
  async log(uri: string): Promise<Line[]> {
    const text = await readFile(join(this.#folder, 'access.log'), 'utf8');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line)
      .filter((line) => line.uri === uri);
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** What openssl is told: a key and a certificate for a day. */
const CERTIFICATE = [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'],
  ...['-out', 'certificate.pem', '-days', '1', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
];

function configuration(port: number, securePort: number, rate: number): string {
  return `
daemon off;
# One process, with the rights of the one who runs the tests.
master_process off;
pid nginx.pid;
events { worker_connections 256; }
http {
  include mime.types;
  default_type application/octet-stream;
  log_format lines escape=json '{"status":$status,"uri":"$uri","range":"$http_range","ifRange":"$http_if_range","sent":$body_bytes_sent,"protocol":"$server_protocol"}';
  access_log access.log lines;
  client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
  gzip on;
  gzip_types application/json text/javascript text/plain;
  server {
    listen 127.0.0.1:${port};
    listen 127.0.0.1:${securePort} ssl http2;
    ssl_certificate certificate.pem;
    ssl_certificate_key key.pem;
    root html;
    location / { try_files $uri $uri.html =404; }
    location ~ [.]bin$ { limit_rate ${rate}; }
  }
}
`;
}
