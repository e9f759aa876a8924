import { ProblemError } from '@app/contracts';
import { DatabaseBusyError } from '@app/database';
import { BadRequestException, NotFoundException, UnsupportedMediaTypeException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { z } from 'zod';
import { invalidFields, problemOf } from './problem-of';

const failedQuery = (sql: string, code: string): QueryFailedError =>
  new QueryFailedError(sql, ['secret value'], Object.assign(new Error('secret value'), { code }));

describe('the problem of a failure', () => {
  it.each([
    ['one of our own', new ProblemError('receipt-refused'), 'receipt-refused'],
    ['a database that is blocked', new DatabaseBusyError('lock', 2_000, null), 'unavailable'],
    ['a database that stops', failedQuery('select 1', '57P01'), 'unavailable'],
    ['a pool whose connections are all taken', new Error('timeout exceeded when trying to connect'), 'unavailable'],
    ['a connection that broke', new Error('Connection terminated unexpectedly'), 'unavailable'],
    ['a database whose disk is full', failedQuery('insert into receipt', '53100'), 'unavailable'],
    ['a database that only reads', failedQuery('insert into receipt', '25006'), 'unavailable'],
    ['a database that is not there', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'unavailable'],
    ['an audit that refuses', failedQuery('INSERT INTO "audit_entry"("id") VALUES ($1)', '23514'), 'unavailable'],
    ['any other refused statement', failedQuery('select 1', '23505'), 'internal-error'],
    ['an unknown route', new NotFoundException(), 'not-found'],
    ['an unreadable body', new BadRequestException(), 'invalid-request'],
    ['an unknown media type', new UnsupportedMediaTypeException(), 'upload-unsupported-type'],
    ['a programming error', new TypeError('secret value'), 'internal-error'],
    ['a thrown text', 'secret value', 'internal-error'],
    ['a thrown nothing', null, 'internal-error'],
  ])('is told for %s', (_what, error, code) => {
    expect(problemOf(error).code).toBe(code);
  });

  it('says nothing of what nobody foresaw, and keeps it for the log', () => {
    const cause = new TypeError('secret value');
    const problem = problemOf(cause);
    expect(problem.message).not.toContain('secret');
    expect(problem.cause).toBe(cause);
  });

  it('marks the names of fields that the caller made up, which may say anything', () => {
    const body = z.strictObject({ receiptId: z.uuid(), fields: z.partialRecord(z.enum(['payer']), z.string()) });
    const { error } = body.safeParse({ receiptId: 'x', fields: { 张三: 'a' }, 李四: 1 });
    const foreign = invalidFields(error?.issues ?? []).errors.map(({ field, isForeign }) => [field, isForeign ?? false]);
    expect(foreign.sort()).toEqual([
      ['fields.张三', true],
      ['receiptId', false],
      ['李四', true],
    ]);
  });
});
