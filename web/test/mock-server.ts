import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { mergedOf, metricsOf, pipelineOf, verdictOf, windowsOf, type World } from './world.ts';

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

export const policy = "default-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:";

/** Serves the built page and plays a world to it, as the real server would. */
export class MockServer {
  world: World;
  /** Refuses everything under /api, and closes the streams, while true. */
  down = false;
  /** Keeps the streams open and says nothing on them, while true. */
  silent = false;
  /** How long the data are behind, seconds. */
  age = 3;
  readonly requests: URL[] = [];
  private readonly _root: string;
  private readonly _started = Date.now();
  private readonly _streams = new Set<ServerResponse>();
  private readonly _server: Server;
  private _sentUntil = Date.now() - this.age * 1_000;
  private _timer: NodeJS.Timeout | undefined;

  constructor(root: string, world: World) {
    this._root = root;
    this.world = world;
    this._server = createServer((request, response) => void this.answer(request, response));
  }

  async start(port = 0): Promise<string> {
    await new Promise<void>((done) => this._server.listen(port, '127.0.0.1', done));
    this._timer = setInterval(() => this.send(), 1_000);
    return `http://127.0.0.1:${(this._server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    clearInterval(this._timer);
    this._server.closeAllConnections();
    await new Promise((done) => this._server.close(done));
  }

  cut(): void {
    this.down = true;
    for (const stream of this._streams) stream.destroy();
    this._streams.clear();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock');
    this.requests.push(url);
    if (!url.pathname.startsWith('/api/')) return this.file(url.pathname, response);
    if (this.down) return void response.writeHead(503).end();
    if (url.pathname === '/api/stream') return this.open(response);
    const body = this.read(url);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? { error: `There is nothing at ${url.pathname}.`, remedy: 'Ask for something else.' }));
  }

  private read(url: URL): unknown {
    switch (url.pathname) {
      case '/api/verdict': return verdictOf(this.world, Date.now(), this.age);
      case '/api/metrics': return metricsOf(this.world);
      case '/api/windows': {
        const metric = url.searchParams.get('metric');
        const from = Date.parse(url.searchParams.get('from') ?? '');
        return this.world.series.filter((s) => s.metric === metric).flatMap((s) => windowsOf(s, from, this.until()));
      }
      case '/api/windows/merged': return mergedOf(this.world, url.searchParams, this.until());
      default: return undefined;
    }
  }

  private until(): number {
    return Date.now() - this.age * 1_000;
  }

  private open(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    this._streams.add(response);
    response.on('close', () => this._streams.delete(response));
    this.send();
  }

  private send(): void {
    const until = this.until();
    const windows = this.world.series.flatMap((s) => windowsOf(s, this._sentUntil, until));
    this._sentUntil = until;
    if (this.silent) return;
    const now = Date.now();
    const event = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    const text = event('windows', windows) + event('verdict', verdictOf(this.world, now, this.age)) + event('pipeline', pipelineOf(this.world, now, this._started));
    for (const stream of this._streams) stream.write(text);
  }

  private async file(path: string, response: ServerResponse): Promise<void> {
    const name = path === '/' ? 'index.html' : normalize(path).replace(/^[/.]+/, '');
    const body = await readFile(join(this._root, name)).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(name)] ?? 'text/plain', 'content-security-policy': policy }).end(body);
  }
}
