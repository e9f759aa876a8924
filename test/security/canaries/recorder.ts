// Loaded before a process of the product, by the campaign alone: writes down every connection that the process opens, every byte that it
// sends on one (before TLS hides it), every name that it looks up, every datagram and every program that it starts. It writes at once and
// synchronously: a killed process leaves what it did. It runs in threads of the process, too.
import { Buffer } from 'node:buffer';
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { pid } from 'node:process';
import { threadId } from 'node:worker_threads';

type Method = (this: unknown, ...parts: unknown[]) => unknown;
type Methods = Record<string, Method>;
interface Outgoing {
  connection: number;
  isSecret: boolean;
}

const file = `${process.env['CANARY_RECORD'] ?? ''}-${pid}-${threadId}.jsonl`;
const silentPort = Number(process.env['CANARY_SILENT_PORT']);
const outgoing = new WeakMap<object, Outgoing>();
let connections = 0;

function write(entry: object): void {
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

function before(owner: object, names: readonly string[], note: (self: unknown, parts: unknown[], name: string) => void): void {
  const methods = owner as Methods;
  for (const name of names) {
    const original = methods[name];
    if (typeof original !== 'function') continue;
    methods[name] = Object.assign(function (this: unknown, ...parts: unknown[]) {
      note(this, parts, name);
      return original.apply(this, parts);
    }, original);
  }
}

const bytesOf = (chunk: unknown, encoding: unknown): Buffer =>
  typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : Buffer.from(chunk as Uint8Array);

interface Target {
  host?: string;
  port?: number | string;
  path?: string | null;
}

/** `connect(port, host)`, `connect(path)`, `connect({ … })`, or Node's own list of normalised parts. */
function targetOf(parts: unknown[]): string {
  const [first, second] = (Array.isArray(parts[0]) ? parts[0] : parts) as unknown[];
  const { host, port, path } = (typeof first === 'object' && first !== null ? first : { port: first, host: second }) as Target;
  const shown = path ?? port ?? '';
  return typeof path === 'string' ? path : `${typeof host === 'string' ? host : 'localhost'}:${shown}`;
}

before(net.Socket.prototype, ['connect'], (socket, parts) => {
  const target = targetOf(parts);
  const connection = ++connections;
  // The database is the inside: what goes there is another test's.
  outgoing.set(socket as object, { connection, isSecret: target.endsWith(`:${silentPort}`) });
  write({ type: 'connect', connection, target });
});

before(net.Socket.prototype, ['_writeGeneric'], (socket, [isMany, data, encoding]) => {
  const known = outgoing.get(socket as object);
  if (known === undefined || known.isSecret) return;
  const chunks = isMany === true ? (data as { chunk: unknown; encoding: unknown }[]) : [{ chunk: data, encoding }];
  const bytes = Buffer.concat(chunks.map((each) => bytesOf(each.chunk, each.encoding)));
  write({ type: 'sent', connection: known.connection, base64: bytes.toString('base64') });
});

const nameLookedUp = (_: unknown, [name]: unknown[]): void => write({ type: 'lookup', name: String(name) });
const LOOKUPS = Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name));
before(dns, LOOKUPS, nameLookedUp);
before(dns.promises, LOOKUPS, nameLookedUp);
before(dns.Resolver.prototype, LOOKUPS, nameLookedUp);
before(dns.promises.Resolver.prototype, LOOKUPS, nameLookedUp);

before(dgram.Socket.prototype, ['send'], (_, parts) => {
  const addressed = parts.filter((part) => typeof part === 'number' || typeof part === 'string');
  write({ type: 'datagram', target: addressed.map(String).join(' ') });
});

before(childProcess, ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'], (_, [command], name) =>
  write({ type: 'program', name: `${name} ${String(command)}` }),
);

// What was imported by name is the same from here on.
syncBuiltinESMExports();
write({ type: 'start' });
