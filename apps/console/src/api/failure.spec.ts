import { ReceiptPage, type Problem } from '@app/contracts';
import { isSurelyRefused, isUnauthenticated, readAnswer, UNREACHABLE, withRetryAfter, type Failure } from './failure';

const problem = (status: number, code = 'invalid-field'): Problem => ({
  type: `urn:piaoyan:problem:${code}`,
  title: 'A field does not have the required form',
  status,
  code,
  detail: '',
  message: { 'zh-CN': '字段内容不符合要求', en: 'A field does not have the required form' },
  field: 'elements.billCode',
  errors: [{ field: 'elements.billCode', message: 'must be 8 digits' }],
  id: 'req-1',
});
const failureOf = (status: number, body: unknown): Failure => {
  const answer = readAnswer(ReceiptPage, status, typeof body === 'string' ? body : JSON.stringify(body));
  if (answer.ok) throw new Error('expected a failure');
  return answer.failure;
};

describe('readAnswer', () => {
  it('gives the value of a success', () => {
    expect(readAnswer(ReceiptPage, 200, '{"items":[],"next":null}')).toEqual({ ok: true, value: { items: [], next: null } });
  });

  it('gives the API’s own problem with its id', () => {
    expect(failureOf(422, problem(422))).toEqual({ kind: 'problem', problem: problem(422) });
  });

  it.each([
    ['a success of another shape', 200, { items: 'none' }],
    ['an HTML page of a gateway', 502, '<html>Bad gateway</html>'],
    ['an empty answer', 500, ''],
    ['an error that is no problem document', 500, { error: 'oops' }],
  ])('does not guess at %s', (_case, status, body) => {
    expect(failureOf(status, body)).toEqual({ kind: 'unexpected', status });
  });
});

describe('withRetryAfter', () => {
  it('says from when a refused request may be sent again, where the API does', () => {
    const refused = readAnswer(ReceiptPage, 429, JSON.stringify(problem(429, 'rate-limited')));
    expect(withRetryAfter(refused, '90', 1_000)).toEqual({
      ok: false,
      failure: { kind: 'problem', problem: problem(429, 'rate-limited'), againAt: 91_000 },
    });
    for (const none of [null, '', 'Fri, 27 Nov 2026 00:00:00 GMT']) expect(withRetryAfter(refused, none, 1_000)).toBe(refused);
    expect(withRetryAfter(UNREACHABLE, '90', 1_000)).toBe(UNREACHABLE);
  });
});

describe('isUnauthenticated', () => {
  it.each([
    [401, 'unauthenticated', true],
    [401, 'sign-in-refused', false],
    [403, 'forbidden', false],
  ])('for status %i %s is %s', (status, code, expected) => {
    expect(isUnauthenticated({ kind: 'problem', problem: problem(status, code) })).toBe(expected);
  });
});

describe('isSurelyRefused', () => {
  it.each([
    [400, true],
    [422, true],
    [429, true],
    [408, false],
    [500, false],
    [503, false],
  ])('for status %i is %s', (status, expected) => {
    expect(isSurelyRefused({ kind: 'problem', problem: problem(status) })).toBe(expected);
  });

  it('is never said of an answer that was lost or not understood', () => {
    expect(isSurelyRefused(UNREACHABLE.failure)).toBe(false);
    expect(isSurelyRefused({ kind: 'unexpected', status: 200 })).toBe(false);
  });
});
