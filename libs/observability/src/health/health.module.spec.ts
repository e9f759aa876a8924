import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Health } from './health';
import { HealthModule } from './health.module';

class Dependency {
  state: 'up' | 'down' | 'hanging' = 'up';

  check(): Promise<void> {
    if (this.state === 'hanging') return new Promise(() => undefined);
    return this.state === 'up' ? Promise.resolve() : Promise.reject(new Error('the address of the database'));
  }
}

describe('the health routes', () => {
  let app: NestFastifyApplication;
  let database: Dependency;
  let models: Dependency;
  beforeEach(async () => {
    [database, models] = [new Dependency(), new Dependency()];
    const health = HealthModule.forRoot({
      useFactory: () => ({
        ready: [
          { name: 'database', check: () => database.check() },
          { name: 'models', check: () => models.check() },
        ],
        startup: [{ name: 'models', check: () => models.check() }],
      }),
    });
    const module = await Test.createTestingModule({ imports: [health] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
  });
  afterEach(() => app.close());

  const get = async (path: string) => {
    const answer = await app.inject({ url: `/health/${path}` });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };

  it('answer ok when everything is there', async () => {
    for (const path of ['live', 'ready', 'startup']) expect(await get(path)).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('name what is missing, and nothing of why', async () => {
    database.state = 'down';
    expect(await get('ready')).toEqual({ status: 503, body: { status: 'unavailable', failing: ['database'] } });
    models.state = 'down';
    expect(await get('ready')).toEqual({ status: 503, body: { status: 'unavailable', failing: ['database', 'models'] } });
    expect(await get('startup')).toEqual({ status: 503, body: { status: 'starting', failing: ['models'] } });
  });

  it('call the process alive whatever it depends on', async () => {
    database.state = 'down';
    models.state = 'hanging';
    expect(await get('live')).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('stop calling it ready as soon as it stops', async () => {
    app.get(Health, { strict: false }).stopping();
    expect(await get('ready')).toEqual({ status: 503, body: { status: 'stopping' } });
    expect((await get('live')).status).toBe(200);
  });

  it('tell figures of what answers, and of nothing else', async () => {
    const figures = { freeBytes: 12, oldestAt: null };
    const journal = { name: 'journal', check: () => database.check(), detail: () => Promise.resolve(figures) };
    const health = new Health({ ready: [journal, { name: 'models', check: () => models.check() }] });
    expect(await health.ready()).toEqual({ status: 'ok', details: { journal: figures } });
    models.state = 'down';
    expect(await health.ready()).toEqual({ status: 'unavailable', failing: ['models'], details: { journal: figures } });
    database.state = 'down';
    expect(await health.ready()).toEqual({ status: 'unavailable', failing: ['journal', 'models'] });
  });

  it('count a dependency that hangs as failing', async () => {
    const health = new Health({ ready: [{ name: 'database', check: () => new Promise(() => undefined) }] }, 20);
    expect(await health.ready()).toEqual({ status: 'unavailable', failing: ['database'] });
  });
});
