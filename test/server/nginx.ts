/** nginx as sites have it, for what only a real server shows: its ranges, its validators, its connections. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from './free-port.js';

const PROGRAM = [...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'nginx')), '/usr/sbin/nginx'].find(
  (path) => existsSync(path),
);

/** True where nginx is installed. */
export const hasNginx = PROGRAM !== undefined;

/** One line of nginx's log. */
export interface Line {
  readonly status: number;
  readonly uri: string;
  /** The request's `Range`, `-` when it has none. */
  readonly range: string;
  readonly ifRange: string;
  /** Bytes of the body that were sent. */
  readonly sent: number;
}

/** An nginx of its own on a free port, with a folder of its own. */
export class Nginx {
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  /** Starts it with these files, the built kit at `/dist/`, and so many bytes a second for each connection. */
  static async start(files: ReadonlyMap<string, string | Uint8Array>, rate: number): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
    const nginx = new Nginx(folder, await freePort());
    await mkdir(join(folder, 'html'));
    await cp('dist/cdn', join(folder, 'html/dist/cdn'), { recursive: true });
    for (const [path, content] of files) await writeFile(join(folder, 'html', path), content);
    if (existsSync('/etc/nginx/mime.types')) await copyFile('/etc/nginx/mime.types', join(folder, 'mime.types'));
    else await writeFile(join(folder, 'mime.types'), 'types { text/html html; text/javascript js; }');
    await writeFile(join(folder, 'nginx.conf'), configuration(nginx.#port, rate));
    await nginx.start();
    return nginx;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
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

function configuration(port: number, rate: number): string {
  return `
daemon off;
# One process, with the rights of the one who runs the tests.
master_process off;
pid nginx.pid;
events { worker_connections 256; }
http {
  include mime.types;
  default_type application/octet-stream;
  log_format lines escape=json '{"status":$status,"uri":"$uri","range":"$http_range","ifRange":"$http_if_range","sent":$body_bytes_sent}';
  access_log access.log lines;
  client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
  gzip on;
  gzip_types application/json text/javascript text/plain;
  server {
    listen 127.0.0.1:${port};
    root html;
    location / { try_files $uri $uri.html =404; }
    location ~ [.]bin$ { limit_rate ${rate}; }
  }
}
`;
}
