import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../../test/support/eventually';
import { SealingPump } from '../sealing/sealing-pump';
import type { Anchor } from './anchor';
import type { AnchorSink } from './anchor-sink';
import { AnchorWriter } from './anchor-writer';
import { FileAnchorSink } from './file-anchor-sink';
import { AnchorFileError, readAnchors } from './read-anchors';

const anchor = (number: number): Anchor => ({
  type: 'anchor',
  tenantId: null,
  number,
  sequence: null,
  segmentHash: 'a'.repeat(64),
  linkHash: 'b'.repeat(64),
  keyId: 'c'.repeat(32),
  previousKeyId: null,
  signature: 'AAAA',
  anchoredAt: '2026-11-26T08:00:00.000Z',
});
const heads = { all: () => Promise.resolve([anchor(1), anchor(2)]) };

describe('anchors', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'piaoyan-anchors-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('are a new file each time, which is read back as it was written', async () => {
    const sink = new FileAnchorSink(folder, () => new Date('2026-11-26T08:00:00Z'));
    await sink.write([anchor(1)]);
    const [first] = await readdir(folder);
    const before = await readFile(join(folder, first!), 'utf8');
    await sink.write([anchor(2), anchor(3)]);
    expect(await readdir(folder)).toHaveLength(2);
    expect(await readFile(join(folder, first!), 'utf8')).toBe(before);
    const read = await readAnchors(folder);
    expect(read.map(({ anchor: { number } }) => number).sort()).toEqual([1, 2, 3]);
  });

  it('are refused when a line is none, by its place', async () => {
    const path = join(folder, 'changed.jsonl');
    await writeFile(path, `${JSON.stringify(anchor(1))}\n${JSON.stringify({ ...anchor(2), number: 0 })}\n`);
    await expect(readAnchors(path)).rejects.toThrow(AnchorFileError);
    await expect(readAnchors(path)).rejects.toThrow('line 2');
  });

  it('go to every sink, also when one fails, and the failure is told by its name', async () => {
    const taken: Anchor[] = [];
    const failing: AnchorSink = { name: 'syslog', write: () => Promise.reject(new Error('away')) };
    const good: AnchorSink = { name: 'file', write: (anchors) => Promise.resolve(void taken.push(...anchors)) };
    await expect(new AnchorWriter(heads, [failing, good]).write()).rejects.toThrow('not taken by: syslog');
    expect(taken).toHaveLength(2);
  });

  it('are written by the pump, which seals on after a failure and ends with its round', async () => {
    Logger.overrideLogger(false);
    let [rounds, written] = [0, 0];
    const sealer = {
      round: () => (++rounds === 1 ? Promise.reject(new Error('database away')) : Promise.resolve({ segments: 1, entries: 1 })),
    };
    const sink: AnchorSink = { name: 'memory', write: () => Promise.resolve(void (written += 1)) };
    const lag = () => Promise.resolve({ entries: 0, oldestSeconds: null });
    const pump = new SealingPump(sealer as never, new AnchorWriter(heads, [sink]), lag, { everyMs: 1, anchorEveryMs: 3_600_000 });
    pump.onApplicationBootstrap();
    await eventually(() => rounds > 3);
    await pump.beforeApplicationShutdown();
    const at = rounds;
    expect(written).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(rounds).toBe(at);
  });
});
