import type { ProviderId } from '@app/contracts';

/** A fault of the sandbox and to how many calls of a thousand it happens. */
interface Share {
  share: number;
  fault?: object;
  delayMs?: number;
  provider?: ProviderId;
}

const BEFORE = { when: 'beforeCharge' };
const AFTER = { when: 'afterCharge' };

/** Everything that a provider and the network before it can do; about two calls of five go wrong. */
const SHARES: readonly Share[] = [
  // the answer is lost, and whether it was charged is known to the provider only
  ...[BEFORE, AFTER].flatMap((when) => [
    { share: 15, fault: { kind: 'drop', ...when } },
    { share: 4, fault: { kind: 'stall', ...when } },
    { share: 8, fault: { kind: 'cutHeaders', ...when } },
    { share: 8, fault: { kind: 'cut', ...when } },
    { share: 8, fault: { kind: 'halfJson', ...when } },
    { share: 6, fault: { kind: 'empty', ...when } },
    { share: 3, fault: { kind: 'huge', ...when } },
    { share: 6, fault: { kind: 'html', httpStatus: 200, ...when } },
    { share: 6, fault: { kind: 'html', httpStatus: 502, ...when } },
    { share: 4, fault: { kind: 'http', httpStatus: 429, body: 'json', ...when } },
    { share: 4, fault: { kind: 'http', httpStatus: 500, body: 'json', ...when } },
    { share: 4, fault: { kind: 'http', httpStatus: 503, body: 'empty', ...when } },
    { share: 4, fault: { kind: 'redirect', httpStatus: 302, ...when } },
    { share: 3, fault: { kind: 'redirect', httpStatus: 307, ...when } },
    { share: 3, fault: { kind: 'jsonType', type: 'list', ...when } },
    { share: 3, fault: { kind: 'jsonType', type: 'null', ...when } },
  ]),
  { share: 5, fault: { kind: 'drip', everyMs: 20, totalMs: 400 } },
  { share: 3, fault: { kind: 'drip', everyMs: 100, totalMs: 20_000 } },
  { share: 10, delayMs: 700 },
  // the right answer in another shape
  { share: 8, fault: { kind: 'contentType', contentType: 'text/html; charset=GBK' } },
  { share: 8, fault: { kind: 'codeForm', form: 'string' } },
  ...['listOfInvoices', 'status', 'veritem', 'dataAsText'].map((shape) => ({ share: 5, fault: { kind: 'envelope', shape } })),
  { share: 4, fault: { kind: 'duplicateKeys', conflicting: true } },
  { share: 4, fault: { kind: 'duplicateKeys', conflicting: false } },
  { share: 6, provider: 'jumdata', fault: { kind: 'contradictCharge' } },
  { share: 4, provider: 'jumdata', fault: { kind: 'clockSkew', skewMs: 3_600_000 } },
  // answers that are none; the volume of a contract being used up is left out, since it is waited for by the hour
  { share: 8, provider: 'netocr', fault: { kind: 'code', code: '-30010' } },
  { share: 6, provider: 'netocr', fault: { kind: 'code', code: '-39999' } },
  { share: 8, provider: 'jumdata', fault: { kind: 'code', code: '500' } },
  { share: 6, provider: 'jumdata', fault: { kind: 'code', code: '206' } },
  { share: 6, provider: 'jumdata', fault: { kind: 'code', code: '609' } },
  { share: 1, provider: 'jumdata', fault: { kind: 'code', code: '603' } },
  { share: 5, provider: 'jumdata', fault: { kind: 'code', code: '777' } },
];

/** The rules for the sandbox; with one seed they share out the calls, so that none gets two faults. */
export function faultMix(seed: number): object[] {
  return SHARES.map((share) => ({ ...share, seed }));
}
