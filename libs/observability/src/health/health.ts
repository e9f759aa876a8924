/** Something this process cannot work without. `check` rejects when it is not there. */
export interface HealthIndicator {
  readonly name: string;
  check(): Promise<void>;
  /** Figures of it for monitoring: sizes, counts, times. Nothing of a bill or a person. */
  detail?(): Promise<HealthDetail>;
}

/** Figures by name; null for what is not known yet. */
export type HealthDetail = Readonly<Record<string, number | string | null>>;

/** What is asked before traffic is sent (`ready`), and once after the start (`startup`). Liveness asks nothing: a restart cures no dependency. */
export interface HealthIndicators {
  ready?: readonly HealthIndicator[];
  startup?: readonly HealthIndicator[];
}

/** The answer to a probe; `failing` names the indicators that rejected. */
export interface HealthReport {
  status: 'ok' | 'unavailable' | 'starting' | 'stopping';
  failing?: string[];
  /** Figures of those indicators that answered and have some. */
  details?: Record<string, HealthDetail>;
}

/** An indicator did not answer in time. */
export class HealthCheckTimeoutError extends Error {
  constructor(name: string, limitMs: number) {
    super(`${name} did not answer within ${limitMs} ms`);
    this.name = 'HealthCheckTimeoutError';
  }
}

const CHECK_TIMEOUT_MS = 2_000;

/** Answers whether the process lives, is ready for work, and has finished its start. */
export class Health {
  private isStopping = false;

  constructor(
    private readonly indicators: HealthIndicators,
    private readonly checkTimeoutMs = CHECK_TIMEOUT_MS,
  ) {}

  live(): HealthReport {
    return { status: 'ok' };
  }

  async ready(): Promise<HealthReport> {
    if (this.isStopping) return { status: 'stopping' };
    return this.report('unavailable', this.indicators.ready ?? []);
  }

  async startup(): Promise<HealthReport> {
    return this.report('starting', this.indicators.startup ?? []);
  }

  /** From now on the process is not ready: no new work should come to it. */
  stopping(): void {
    this.isStopping = true;
  }

  private async report(status: HealthReport['status'], indicators: readonly HealthIndicator[]): Promise<HealthReport> {
    const results = await Promise.allSettled(indicators.map((indicator) => this.within(indicator)));
    const failing = indicators.filter((_, index) => results[index]?.status === 'rejected').map((indicator) => indicator.name);
    const known = indicators.flatMap(({ name }, index) => {
      const result = results[index];
      return result?.status === 'fulfilled' && result.value ? [[name, result.value] as const] : [];
    });
    const details = known.length === 0 ? {} : { details: Object.fromEntries(known) };
    return failing.length === 0 ? { status: 'ok', ...details } : { status, failing, ...details };
  }

  /** A dependency that hangs is a dependency that fails. */
  private async within(indicator: HealthIndicator): Promise<HealthDetail | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new HealthCheckTimeoutError(indicator.name, this.checkTimeoutMs)), this.checkTimeoutMs);
    });
    try {
      await Promise.race([indicator.check(), late]);
      return await Promise.race([indicator.detail?.(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
