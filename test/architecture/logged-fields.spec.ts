import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLogField } from '@app/observability';
import { logCallsOf, readLogCalls } from './logged-fields';

describe('what the sources log', () => {
  const calls = readLogCalls();

  it('is found', () => {
    expect(calls.length).toBeGreaterThan(20);
  });

  it('is named field by field, and every field is on the list', () => {
    const wrong = calls.flatMap(({ place, fields }) => {
      if (fields === null) return [`${place}: the fields of this line are not known`];
      return fields.filter((name) => !isLogField(name)).map((name) => `${place}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('is seen through spreads, and where its type says nothing', () => {
    const folder = mkdtempSync(join(__dirname, 'log-calls-'));
    const file = join(folder, 'sample.ts');
    writeFileSync(
      file,
      `declare const logger: { log(line: unknown): void };
       declare const open: Record<string, unknown>;
       const facts = { payer: 'x' };
       logger.log({ ...facts, msg: 'a' });
       logger.log({ ...open, msg: 'b' });
       logger.log('c');`,
    );
    const found = logCallsOf([file]).map(({ fields }) => fields);
    rmSync(folder, { recursive: true });
    expect(found).toEqual([['payer', 'msg'], null]);
  });
});
