import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SOURCE_ARGV } from '../../../../test/support/source-argv';

const SCRIPT = `
const { parentPort } = require('node:worker_threads');
const { withoutNetwork } = require(${JSON.stringify(join(__dirname, 'no-network'))});
withoutNetwork();
const reached = [];
for (const name of ['net', 'node:net', 'http', 'https', 'node:http2', 'tls', 'dgram', 'dns', 'node:dns/promises', 'fs', 'zlib']) {
  try { require(name); reached.push(name); } catch {}
}
const imports = ['node:net', 'node:zlib'].map((name) => import(name).then(() => reached.push('import ' + name), () => undefined));
Promise.all(imports).then(() => parentPort.postMessage({ reached, globals: ['fetch', 'WebSocket', 'EventSource'].filter((name) => name in globalThis) }));
`;

describe('withoutNetwork', () => {
  it('leaves a thread its files and codecs, and no way to a network', async () => {
    const worker = new Worker(SCRIPT, { eval: true, execArgv: SOURCE_ARGV });
    const left = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await worker.terminate();
    expect(left).toEqual({ reached: ['fs', 'zlib', 'import node:zlib'], globals: [] });
  });
});
