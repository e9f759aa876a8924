import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricLabel } from './metric-labels';

/** All that this process tells of itself in numbers. */
export const metricsRegistry = new Registry();
collectDefaultMetrics({ register: metricsRegistry });

/** A metric of ours: its name begins with `piaoyan_`, and its labels are from the list. */
export interface MetricOptions<L extends MetricLabel> {
  name: `piaoyan_${string}`;
  help: string;
  labels?: readonly L[];
}

export function counter<L extends MetricLabel>({ name, help, labels = [] }: MetricOptions<L>): Counter<L> {
  return new Counter({ name, help, labelNames: [...labels], registers: [metricsRegistry] });
}

export function histogram<L extends MetricLabel>({ name, help, labels = [] }: MetricOptions<L>, buckets: readonly number[]): Histogram<L> {
  return new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [metricsRegistry] });
}

const failures = counter({ name: 'piaoyan_metrics_failures_total', help: 'Metrics that could not be collected when they were asked for' });

/**
 * A number that is looked up when it is asked for; `collect` sets it. One that cannot be looked up is left out, so that nobody takes an old
 * number for a new one, and the others are told all the same.
 */
export function gauge<L extends MetricLabel>(
  { name, help, labels = [] }: MetricOptions<L>,
  collect: (gauge: Gauge<L>) => Promise<void> | void,
): Gauge<L> {
  return new Gauge<L>({
    name,
    help,
    labelNames: [...labels],
    registers: [metricsRegistry],
    async collect() {
      this.reset();
      try {
        await collect(this);
      } catch {
        this.remove();
        failures.inc();
      }
    },
  });
}
