import { Controller, Get, Logger, Module, Post } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { QueryFailedError } from 'typeorm';
import { JsonLogger } from './json-logger';
import { logRequests } from './request-log';

class Lines {
  readonly texts: string[] = [];

  write(text: string): void {
    this.texts.push(text);
  }

  get records(): Record<string, unknown>[] {
    return this.texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  }
}

const databaseError = () => {
  const driver = Object.assign(new Error('duplicate key: check code 1e9030'), {
    severity: 'ERROR',
    code: '23505',
    constraint: 'receipt_uq',
    table: 'receipt',
    detail: 'Key (check_code)=(1e9030) exists',
  });
  return new QueryFailedError('insert into receipt values ($1)', ['1e9030'], driver);
};

describe('JsonLogger', () => {
  let lines: Lines;
  let logger: JsonLogger;
  beforeEach(() => {
    lines = new Lines();
    logger = new JsonLogger({ process: 'api', level: 'info', destination: lines });
  });

  it('writes one JSON object a line, with process, level, time and context', () => {
    logger.log('started', 'Main');
    logger.warn({ job: 'receipt.read', msg: 'slow' }, 'Queue');
    logger.debug('not at this level');
    expect(lines.records).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/) as string, process: 'api', context: 'Main', msg: 'started' },
      { level: 'warn', time: expect.any(String) as string, process: 'api', context: 'Queue', job: 'receipt.read', msg: 'slow' },
    ]);
    expect(lines.texts.every((text) => text.endsWith('\n') && text.trim().split('\n').length === 1)).toBe(true);
  });

  it('drops and counts whatever is not on the list, or not of its kind', () => {
    const given = { msg: 'x', payer: '张三', elements: { checkCode: '1e9030' }, outcome: { payer: '张三' }, count: '张三', queues: '张三' };
    logger.log({ ...given, jobId: 'a'.repeat(500), status: 200 });
    expect(lines.texts.join('')).not.toMatch(/张三|1e9030/);
    expect(lines.records[0]).toMatchObject({ msg: 'x', dropped: 5, status: 200, jobId: `${'a'.repeat(300)}…` });
    logger.log({ msg: 'nothing dropped', provider: null });
    expect([logger.droppedFields, 'dropped' in lines.records[1]!]).toEqual([5, false]);
  });

  it('cannot be made to write a second line by what it is told', () => {
    logger.log('name\n{"level":"error","msg":"forged"}');
    expect(lines.texts.join('').trim().split('\n')).toHaveLength(1);
  });

  it('tells an error by type, message, code and frames, causes included', () => {
    const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
    logger.error({ err: new RangeError('too far', { cause }), msg: 'failed' }, 'Main');
    const err = lines.records[0]?.err as { stack: string[] };
    expect(err).toMatchObject({ type: 'RangeError', message: 'too far', cause: { type: 'Error', code: 'ECONNREFUSED' } });
    expect(err.stack[0]).toMatch(/^at .*json-logger\.spec\.ts/);
  });

  it('keeps values of rows out of the log when the database refuses', () => {
    logger.error({ err: databaseError() });
    logger.error('failed', new TypeError('outer', { cause: databaseError() }), 'Main');
    expect(lines.texts.join('')).not.toContain('1e9030');
    expect(lines.records[0]?.err).toMatchObject({ code: '23505', constraint: 'receipt_uq', table: 'receipt' });
    expect(lines.records[1]).toMatchObject({ context: 'Main', msg: 'failed', err: { type: 'TypeError', cause: { code: '23505' } } });
  });
});

@Controller('v1/receipts')
class ReceiptsController {
  @Post()
  upload(): object {
    return { canary: 'canary-answer' };
  }

  @Get(':id')
  read(): object {
    return {};
  }
}

@Controller('health')
class ProbeController {
  @Get('live')
  live(): object {
    return {};
  }
}

@Module({ controllers: [ReceiptsController, ProbeController] })
class SpecModule {}

describe('the request log', () => {
  it('names id, route, status and duration, and nothing that the request carried', async () => {
    const lines = new Lines();
    const module = await Test.createTestingModule({ imports: [SpecModule] }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ genReqId: () => 'request-7' }));
    logRequests(app.getHttpAdapter().getInstance());
    await app.init();
    Logger.overrideLogger(new JsonLogger({ process: 'api', level: 'info', destination: lines }));
    await app.inject({
      method: 'POST',
      url: '/v1/receipts?token=canary-query',
      headers: { authorization: 'Bearer canary-header' },
      payload: { checkCode: 'canary-body' },
    });
    await app.inject({ url: '/v1/receipts/canary-path' });
    await app.inject({ url: '/health/live' });
    await app.close();
    const http = lines.records.filter((record) => record.context === 'Http');
    expect(http).toMatchObject([
      { requestId: 'request-7', method: 'POST', route: '/v1/receipts', status: 201 },
      { method: 'GET', route: '/v1/receipts/:id', status: 200 },
    ]);
    expect(typeof http[0]?.durationMs).toBe('number');
    expect(lines.texts.join('')).not.toContain('canary');
  });
});
