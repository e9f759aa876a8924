import { quantile } from '../ocr/summary';

/** How long a route took over some requests, in milliseconds. */
export interface RouteLatency {
  route: string;
  requests: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  longestMs: number;
}

/** The routes of one minute. */
export interface MinuteLatency {
  minute: number;
  /** All routes that the api itself answers, taken together. */
  all: RouteLatency;
  routes: RouteLatency[];
}

interface Answer {
  route: string;
  minute: number;
  ms: number;
}

/** Under this name all routes of the api are taken together. */
export const ALL_ROUTES = 'api';

/** Names of routes that another process answers begin so. */
export const WORKER = 'worker: ';

/** Keeps every answer's time: ten a second for ten minutes are six thousand numbers. */
export class LatencyLog {
  private readonly answers: Answer[] = [];
  private readonly problems = new Map<string, number>();

  add(answer: Answer): void {
    this.answers.push(answer);
  }

  /** An answer that is none a client wants, or none at all. */
  addError(what: string): void {
    this.problems.set(what, (this.problems.get(what) ?? 0) + 1);
  }

  get errors(): Record<string, number> {
    return Object.fromEntries(this.problems);
  }

  overall(): RouteLatency[] {
    return byRoute(this.answers);
  }

  minutes(): MinuteLatency[] {
    const minutes = [...new Set(this.answers.map(({ minute }) => minute))].sort((a, b) => a - b);
    return minutes.map((minute) => {
      const answers = this.answers.filter((answer) => answer.minute === minute);
      return { minute, all: latencyOf(ALL_ROUTES, answers.filter(isFromApi)), routes: byRoute(answers) };
    });
  }
}

function isFromApi({ route }: Answer): boolean {
  return !route.startsWith(WORKER);
}

function byRoute(answers: readonly Answer[]): RouteLatency[] {
  const routes = [...new Set(answers.map(({ route }) => route))].sort();
  return routes.map((route) =>
    latencyOf(
      route,
      answers.filter((answer) => answer.route === route),
    ),
  );
}

function latencyOf(route: string, answers: readonly Answer[]): RouteLatency {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => quantile(times, share);
  return { route, requests: times.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), longestMs: at(1) };
}
