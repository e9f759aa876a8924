import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiptView } from '@app/contracts';
import { JsonLogger } from '@app/observability';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { newElements } from '../../../../test/support/verification-bench';
import { supportBundle } from './support-bundle.command';

/** Words that stand wherever a bill, a person, a secret or the network could get into a bundle. */
const CANARY = 'canary7f3a';

describe('a support bundle', () => {
  let bench: ApiBench;
  const folder = mkdtempSync(join(tmpdir(), 'piaoyan-bundle-'));
  beforeAll(async () => {
    bench = await createApiBench();
    bench.reader.script = () => madeUpReading(newElements(), { fields: { payer: CANARY, payee: CANARY } });
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const headers = { prefer: 'wait=20', 'content-type': 'image/png', 'x-file-name': `${CANARY}.png` };
    const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers });
    expect(ReceiptView.parse(await response.json()).state).toBe('read');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await bench.close();
  });

  it('holds versions, settings, queues and log lines, and nothing of a bill, a person, a secret or the network', async () => {
    const lines: string[] = [];
    const logger = new JsonLogger({ process: 'api', level: 'info', destination: { write: (text: string) => void lines.push(text) } });
    const code = '23505';
    logger.error({ msg: 'job failed', job: 'receipt.read', err: Object.assign(new Error(CANARY), { code }), payer: CANARY });
    logger.log({ msg: 'listening', url: `http://${CANARY}.bank:8080`, host: CANARY });
    const log = join(folder, 'api.log');
    const foreign = [`${CANARY} not ours`, JSON.stringify({ msg: 'x', body: CANARY, level: CANARY.repeat(20), reply: { payer: CANARY } })];
    writeFileSync(log, [...lines, ...foreign.map((line) => `${line}\n`)].join(''));
    const url = bench.ownerUrl;
    const env = {
      PIAOYAN_DATABASE_URL: url,
      PIAOYAN_HASH_KEY: CANARY,
      PIAOYAN_MASTER_KEY_FILE: `/run/${CANARY}`,
      PIAOYAN_LOG_LEVEL: 'info',
      PIAOYAN_OCR_WORKERS: `${CANARY}://`,
      OTHER: CANARY,
    };
    const bundle = await supportBundle({ env, logFiles: [log] });
    const text = JSON.stringify(bundle);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(new URL(url).password);
    expect(bundle).toMatchObject({
      settings: { PIAOYAN_DATABASE_URL: 'set', PIAOYAN_HASH_KEY: 'set', PIAOYAN_MASTER_KEY: 'set by a file', PIAOYAN_LOG_LEVEL: 'info' },
      database: { state: 'reached', migrations: expect.arrayContaining([{ name: 'CreateAudit1795305660000' }]) as object },
      log: [{ skipped: 1 }],
    });
    const [{ lines: kept }] = bundle.log as [{ lines: object[] }];
    expect(kept[0]).toMatchObject({ level: 'error', process: 'api', msg: 'job failed', job: 'receipt.read', err: { type: 'Error', code } });
    const { queues } = bundle.database as { queues: { name: string }[] };
    expect(queues.map(({ name }) => name)).toContain('receipt.read');
  });

  it('is made without a database, too', async () => {
    const away = await supportBundle({ env: { PIAOYAN_DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' }, logFiles: [] });
    expect(away.database).toEqual({ state: 'not reached', code: 'ECONNREFUSED' });
    expect((await supportBundle({ env: {}, logFiles: [] })).database).toEqual({ state: 'not configured' });
  });
});
