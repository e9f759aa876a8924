import { EngineProcess } from './engine-process';

/** A process that says it is ready, and then `reply` to whatever it is asked. */
function engineOf(reply: string, ready = '{"type":"ready","detail":"made up 1.0"}') {
  const script = `console.log(${JSON.stringify(ready)}); process.stdin.on('data', () => { ${reply} })`;
  return EngineProcess.start({ name: 'made up', command: process.execPath, args: ['-e', script] });
}

const PAGE = { type: 'page', seconds: 1, cpuSeconds: 2, lines: ['a'] };

describe('EngineProcess', () => {
  it('asks for a page and hears its lines', async () => {
    const engine = await engineOf(`console.log(${JSON.stringify(JSON.stringify(PAGE))})`);
    expect(engine.detail).toBe('made up 1.0');
    expect(await engine.read({ file: 'a.png' })).toEqual(PAGE);
    expect(await engine.read({ file: 'b.png' })).toEqual(PAGE);
    await engine.close();
  });

  it('asks for several pages at once, where an engine can', async () => {
    const batch = { type: 'batch', seconds: 1, cpuSeconds: 2, pages: 2 };
    const engine = await engineOf(`console.log(${JSON.stringify(JSON.stringify(batch))})`);
    expect(await engine.readBatch({ files: ['a.png', 'b.png'], atOnce: 2 })).toEqual(batch);
    await expect(engine.read({ file: 'a.png' })).rejects.toThrow('made up did not read a.png: batch');
    await engine.close();
  });

  it('names the page that an engine could not read', async () => {
    const engine = await engineOf(`console.log('{"type":"failed","message":"no such file"}')`);
    await expect(engine.read({ file: 'a.png' })).rejects.toThrow('made up did not read a.png: no such file');
    await engine.close();
  });

  it('does not wait for an engine that died', async () => {
    const engine = await engineOf('process.exit(3)');
    await expect(engine.read({ file: 'a.png' })).rejects.toThrow('made up ended without an answer');
    await engine.close();
  });

  it('rejects when the engine is not there, or not ready', async () => {
    await expect(EngineProcess.start({ name: 'none', command: '/no/such/engine', args: [] })).rejects.toThrow('ENOENT');
    await expect(engineOf('', JSON.stringify(PAGE))).rejects.toThrow('made up answered "page" before it was ready');
  });
});
