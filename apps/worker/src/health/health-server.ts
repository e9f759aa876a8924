import { createServer, type Server } from 'node:http';

/** A dependency without which jobs cannot be done; it fails by throwing. */
export type ReadinessCheck = () => Promise<unknown>;

/** How long a dependency may take to answer before it is called failing. */
const CHECK_DEADLINE_MS = 2_000;

interface Answer {
  status: number;
  body: { status: string; failing?: string[] };
}

/**
 * Answers the probes, from before the models are loaded until the process ends: start-up is done when the modules are up, with models
 * warmed. It keeps no stopped process alive.
 */
export class HealthServer {
  private checks: Readonly<Record<string, ReadinessCheck>> | null = null;
  readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request.url ?? '').then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    this.server.unref();
  }

  listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
  }

  /** From now on the process has started, and is ready while every check passes. */
  started(checks: Readonly<Record<string, ReadinessCheck>>): void {
    this.checks = checks;
  }

  private async answer(path: string): Promise<Answer> {
    switch (path) {
      case '/health/live':
        return ok();
      case '/health/startup':
        return this.checks === null ? starting() : ok();
      case '/health/ready':
        return this.checks === null ? starting() : readiness(this.checks);
      default:
        return { status: 404, body: { status: 'no such route' } };
    }
  }
}

const ok = (): Answer => ({ status: 200, body: { status: 'ok' } });
const starting = (): Answer => ({ status: 503, body: { status: 'starting', failing: ['startup'] } });

async function readiness(checks: Readonly<Record<string, ReadinessCheck>>): Promise<Answer> {
  const passed = await Promise.all(Object.values(checks).map(passes));
  const failing = Object.keys(checks).filter((_name, index) => passed[index] === false);
  return failing.length === 0 ? ok() : { status: 503, body: { status: 'unavailable', failing } };
}

async function passes(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_DEADLINE_MS);
  });
  const checked = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([checked, late]);
  } finally {
    clearTimeout(timer);
  }
}
