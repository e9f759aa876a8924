/**
 * Every label that a metric of ours may have, and what its values look like: names of routes, queues, providers and states, which the product
 * itself gives. No tenant, no person, no id and nothing of a bill: each would be a time series of its own, and readable by whoever scrapes.
 */
export const METRIC_LABELS = {
  /** The template, such as `/v1/receipts/:id`; `none` where no route is. */
  route: /^(none|\/[A-Za-z0-9_\-.:*/]*)$/,
  method: /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|other)$/,
  /** The class of the answer's status. */
  status: /^[1-5]xx$/,
  queue: /^[a-z]+\.[a-z]+(\.dead)?$/i,
  state: /^[A-Za-z]{1,20}$/,
  /** What came of an upstream call, in the product's own words. */
  outcome: /^[A-Z_]{1,30}$/,
  /** What an operator must hear of a call, in the product's own words. */
  alert: /^[A-Za-z]{1,40}$/,
  provider: /^[a-z]{1,20}$/,
  sink: /^(file|syslog|bucket)$/,
} as const;
export type MetricLabel = keyof typeof METRIC_LABELS;
