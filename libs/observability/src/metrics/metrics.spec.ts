import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { METRIC_LABELS, type MetricLabel } from './metric-labels';
import { counter, gauge, metricsRegistry } from './metrics';
import { MetricsModule } from './metrics.module';
import { countRequests } from './request-metrics';

/** Name and value of each label of our own metrics. */
function labelsIn(text: string): [string, string][] {
  const lines = text.split('\n').filter((line) => line.startsWith('piaoyan_'));
  return lines.flatMap((line) =>
    [...line.matchAll(/[{,]([A-Za-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']): [string, string] => [name, value]),
  );
}

describe('metrics', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const adapter = new FastifyAdapter();
    countRequests(adapter.getInstance());
    adapter.getInstance().get('/v1/bills/:id', () => 'x');
    app = (await Test.createTestingModule({ imports: [MetricsModule] }).compile()).createNestApplication<NestFastifyApplication>(adapter);
    await app.init();
  });
  afterAll(() => app.close());

  const scraped = async (): Promise<string> => (await app.inject({ url: '/metrics' })).body;

  it('tell of requests by template and class of status, whatever the caller puts into the path', async () => {
    await app.inject({ url: '/v1/bills/%E5%BC%A0%E4%B8%89' });
    await app.inject({ url: '/张三?payer=1', method: 'POST' });
    const text = await scraped();
    expect(text).toContain('piaoyan_http_requests_total{route="/v1/bills/:id",method="GET",status="2xx"} 1');
    expect(text).toContain('piaoyan_http_requests_total{route="none",method="POST",status="4xx"} 1');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toMatch(/张三|%E5|payer/);
  });

  it('have labels from the list alone, and values that look as the list says', async () => {
    const labels = labelsIn(await scraped()).filter(([name]) => name !== 'le');
    expect(labels.length).toBeGreaterThan(3);
    for (const [name, value] of labels) {
      expect(Object.keys(METRIC_LABELS)).toContain(name);
      expect(value).toMatch(METRIC_LABELS[name as MetricLabel]);
    }
    for (const bad of ['/v1/bills/张三', '/v1/bills?x=1', 'a b']) expect(bad).not.toMatch(METRIC_LABELS.route);
    // What is not in the list does not compile, and would be found here.
    counter({ name: 'piaoyan_spec_total', help: 'spec', labels: ['tenant' as MetricLabel] }).inc({ ['tenant' as MetricLabel]: 'x' });
    expect(labelsIn(await scraped()).map(([name]) => name)).toContain('tenant');
    metricsRegistry.removeSingleMetric('piaoyan_spec_total');
  });

  it('leave out what cannot be looked up, and tell the rest', async () => {
    let isAway = false;
    gauge({ name: 'piaoyan_spec_seconds', help: 'spec' }, (one) => {
      if (isAway) throw new Error('the database is away');
      one.set(7);
    });
    expect(await scraped()).toContain('piaoyan_spec_seconds 7');
    isAway = true;
    const text = await scraped();
    expect(text).not.toMatch(/^piaoyan_spec_seconds/m);
    expect(text).toContain('piaoyan_http_requests_total');
    expect(await scraped()).toMatch(/piaoyan_metrics_failures_total [1-9]/);
    metricsRegistry.removeSingleMetric('piaoyan_spec_seconds');
  });
});
