import { createServer, type Server } from 'node:http';

/** A dependency without which calls cannot be taken; it fails by throwing. */
export type ReadinessCheck = () => Promise<void>;

/**
 * Liveness, readiness and start-up on a plain port of their own: an orchestrator's probe has no client certificate, and this port answers
 * nothing else. The server is not listening yet.
 */
export function createHealthServer(checks: Readonly<Record<string, ReadinessCheck>>): Server {
  return createServer((request, response) => {
    void answer(request.url ?? '', checks).then(({ status, body }) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
}

async function answer(path: string, checks: Readonly<Record<string, ReadinessCheck>>): Promise<{ status: number; body: unknown }> {
  if (path === '/health/live') return { status: 200, body: { status: 'ok' } };
  if (path !== '/health/ready' && path !== '/health/startup') return { status: 404, body: { status: 'no such route' } };
  const names = Object.keys(checks);
  const results = await Promise.allSettled(Object.values(checks).map((check) => check()));
  const failing = names.filter((_name, index) => results[index]?.status === 'rejected');
  return failing.length === 0 ? { status: 200, body: { status: 'ok' } } : { status: 503, body: { status: 'unavailable', failing } };
}
