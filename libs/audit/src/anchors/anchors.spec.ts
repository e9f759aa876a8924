import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../../test/support/eventually';
import { SyslogError } from '../forwarding/syslog.error';
import { type Anchor, anchorLine } from './anchor';
import type { AnchorSink } from './anchor-sink';
import { AnchorPump } from './anchor-pump';
import { FileAnchorSink } from './file-anchor-sink';
import { AnchorFileError, NoAnchorsError, readAnchorLog, readAnchors } from './read-anchors';

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

  it('leave a last line alone that was cut off while it was written', async () => {
    const path = join(folder, 'torn.jsonl');
    await writeFile(path, `${anchorLine(anchor(1))}\n${anchorLine(anchor(2)).slice(0, 80)}`);
    expect(await readAnchors(path)).toMatchObject([{ anchor: anchor(1), line: 1 }]);
  });

  it.each([
    ['as it was sent', (line: string) => `<109>1 2026-11-26T08:00:00Z box piaoyan - audit.anchor - \ufeff${line}`],
    ['behind what a server writes', (line: string) => `Nov 26 08:00:00 box piaoyan: ${line} #015`],
    ['as a text in JSON', (line: string) => JSON.stringify({ host: 'box', message: line })],
  ])('are found in the log of a syslog server: %s', async (_name, stored) => {
    const path = join(folder, 'syslog');
    const other = `<110>1 2026-11-26T08:00:00Z box piaoyan - receipt.read - [piaoyan@32473 id="1"]`;
    await writeFile(path, [other, stored(anchorLine(anchor(7))), other, stored(anchorLine(anchor(8)))].join('\r\n'));
    expect(await readAnchorLog(path)).toEqual([
      { anchor: anchor(7), line: 2 },
      { anchor: anchor(8), line: 4 },
    ]);
    await writeFile(path, stored(anchorLine(anchor(7)).replace('"number":7', '"number":"7"')));
    await expect(readAnchorLog(path)).rejects.toThrow(AnchorFileError);
    await writeFile(path, other);
    await expect(readAnchorLog(path)).rejects.toThrow(NoAnchorsError);
  });

  it('go to every place, also when one fails, which is tried again until it takes them', async () => {
    Logger.overrideLogger(false);
    const taken: string[] = [];
    const failures: string[] = [];
    const written = new Set<string>();
    const store = {
      isDue: (sink: string) => Promise.resolve(!written.has(sink)),
      written: (sink: string) => Promise.resolve(void written.add(sink)),
      failed: (sink: string, failure: string) => Promise.resolve(void failures.push(`${sink} ${failure}`)),
    };
    let tries = 0;
    const failing: AnchorSink = {
      name: 'syslog',
      write: () => ((tries += 1) < 3 ? Promise.reject(new SyslogError('unreachable')) : Promise.resolve(void taken.push('syslog'))),
    };
    const good: AnchorSink = { name: 'file', write: () => Promise.resolve(void taken.push('file')) };
    const pace = { lookMs: 1, firstBackOffMs: 1, longestBackOffMs: 2 };
    const pump = new AnchorPump({ heads, store, sinks: [failing, good], everyMinutes: 5 }, pace);
    pump.onApplicationBootstrap();
    await eventually(() => written.size === 2);
    await pump.beforeApplicationShutdown();
    expect(taken).toEqual(['file', 'syslog']);
    expect(failures).toEqual(['syslog unreachable', 'syslog unreachable']);
  });

  it('are asked for no more when nothing was sealed yet', async () => {
    const untouched = { name: 'file', write: () => Promise.reject(new Error('nothing to write')) };
    const store = { isDue: () => Promise.resolve(true), written: () => Promise.reject(new Error('written')), failed: jest.fn() };
    await new AnchorPump({ heads: { all: () => Promise.resolve([]) }, store, sinks: [untouched], everyMinutes: 5 }).round();
    expect(store.failed).not.toHaveBeenCalled();
  });
});
