import { METRIC_LABELS } from './metric-labels';
import { counter, histogram } from './metrics';

interface CountedRequest {
  method: string;
  routeOptions: { url?: string };
}
interface CountedReply {
  statusCode: number;
  elapsedTime: number;
}
interface HookHost {
  addHook(name: 'onResponse', hook: (request: CountedRequest, reply: CountedReply) => Promise<void>): unknown;
}

const LABELS = { labels: ['route', 'method', 'status'] } as const;
const BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const requests = counter({ name: 'piaoyan_http_requests_total', help: 'Requests that were answered', ...LABELS });
const seconds = histogram({ name: 'piaoyan_http_request_seconds', help: 'How long answers took', labels: ['route'] }, BUCKETS_SECONDS);

/** Counts each answered request by its route's template, which no caller chooses. Probes are no requests. */
export function countRequests(fastify: HookHost): void {
  fastify.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? 'none';
    if (route.startsWith('/health/')) return Promise.resolve();
    const known = METRIC_LABELS.method.test(method) ? method : 'other';
    requests.inc({ route, method: known, status: `${Math.floor(statusCode / 100)}xx` });
    seconds.observe({ route }, elapsedTime / 1_000);
    return Promise.resolve();
  });
}
