import { createClient } from './client';
import { SessionProof } from './session-proof';

const id = '0199a6b0-0000-7000-8000-000000000001';
const session = (csrfToken: string) => ({
  id,
  secondFactorRequired: false,
  mustChangePassword: false,
  mustEnrolSecondFactor: false,
  hasSecondFactor: false,
  user: { id, login: 'zhou.wei', displayName: '周伟', roles: ['clerk'] },
  scopes: ['receipt.read'],
  csrfToken,
  openedAt: '2026-07-13T01:00:00.000Z',
  authenticatedAt: '2026-07-13T01:00:00.000Z',
  secondsLeft: 43_200,
  idleMinutes: 30,
  previousSignIn: null,
  refusedSignIns: 0,
});
const problem = (status: number, code: string) =>
  Response.json(
    {
      type: `urn:piaoyan:problem:${code}`,
      title: code,
      status,
      code,
      detail: '',
      message: { 'zh-CN': '拒绝', en: 'Refused' },
      field: null,
      errors: [],
      id: 'req-1',
    },
    { status },
  );

describe('a person’s session', () => {
  const fetched = jest.spyOn(globalThis, 'fetch');
  const ended = jest.fn();
  const proof = new SessionProof();
  const client = createClient(proof, ended);
  const tokens = () => fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get('x-csrf-token'));

  beforeEach(() => {
    fetched.mockReset();
    ended.mockReset();
    proof.take({ csrfToken: 'first' });
  });
  afterAll(() => fetched.mockRestore());

  it('proves what changes something by its token, and presents no key', async () => {
    fetched.mockImplementation(() => Promise.resolve(problem(404, 'not-found')));
    await client.readReceipt(id);
    await client.undoBooking(id, { reason: '凭证作废' });
    expect(tokens()).toEqual([null, 'first']);
    expect(fetched.mock.calls.every(([, init]) => !new Headers(init?.headers).has('authorization'))).toBe(true);
  });

  it('asks for the token of another tab and sends the refused request once more', async () => {
    fetched.mockResolvedValueOnce(problem(403, 'csrf-refused'));
    fetched.mockResolvedValueOnce(Response.json(session('second')));
    fetched.mockResolvedValueOnce(new Response(null, { status: 204 }));
    expect(await client.endSession(id)).toMatchObject({ ok: true });
    expect(tokens()).toEqual(['first', null, 'second']);
  });

  it('does not go on for ever', async () => {
    fetched.mockImplementation((path) =>
      Promise.resolve(path === '/v1/session' ? Response.json(session('second')) : problem(403, 'csrf-refused')),
    );
    expect(await client.endSession(id)).toMatchObject({ ok: false, failure: { problem: { code: 'csrf-refused' } } });
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it('ends with 401 for the session, and not with a wrong password', async () => {
    fetched.mockResolvedValueOnce(problem(401, 'sign-in-refused'));
    await client.openSession({ login: 'zhou.wei', password: 'wrong' });
    expect(ended).not.toHaveBeenCalled();
    fetched.mockResolvedValueOnce(problem(401, 'unauthenticated'));
    await client.listSessions();
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
