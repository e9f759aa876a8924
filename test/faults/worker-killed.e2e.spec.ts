import { VerificationView } from '@app/contracts';
import { sampleBill } from '@app/samples';
import { eventually } from '../support/eventually';
import { TestStack } from '../support/test-stack';

const TODAY = new Date().toISOString().slice(0, 10);
const RESTART_TIMEOUT_MS = 90_000;

/** Whatever is killed, and whenever: an accepted verification ends, and the provider was asked once. */
describe('a worker killed between enqueue and outcome', () => {
  const [held, unsent, lost] = [51, 52, 53].map((seed) => sampleBill(seed, { kind: 'non-tax', today: TODAY }).elements) as [
    Bill,
    Bill,
    Bill,
  ];
  type Bill = ReturnType<typeof sampleBill>['elements'];
  let product: TestStack;

  beforeAll(async () => {
    product = await TestStack.start([held, unsent, lost].map((elements) => ({ elements })));
  });
  afterAll(() => product.stop());

  it('asks once when the worker dies while the provider is answering', async () => {
    await product.scriptFault({ billNumber: held.billNumber, delayMs: 3_000 });
    const { id } = await request(held);
    await eventually(async () => (await product.upstreamRequests()).some(({ length }) => length > 0), { what: 'the call at the provider' });
    await product.stack.process('worker').kill();
    await product.stack.process('worker').restart(RESTART_TIMEOUT_MS);
    expect(await ended(id)).toMatchObject({ outcome: 'MATCH', charge: 'charged' });
    await expectOneCall(held);
  });

  it('asks once when the worker dies before it takes the job', async () => {
    await product.stack.process('worker').kill();
    const { id } = await request(unsent);
    await product.stack.process('worker').restart(RESTART_TIMEOUT_MS);
    expect(await ended(id)).toMatchObject({ outcome: 'MATCH', charge: 'charged' });
    await expectOneCall(unsent);
  });

  it('calls it unknown and does not ask again when egress dies with the reply on its way', async () => {
    await product.scriptFault({ billNumber: lost.billNumber, delayMs: 3_000 });
    const before = (await product.upstreamRequests()).length;
    const { id } = await request(lost);
    await eventually(async () => (await product.upstreamRequests()).length > before, { what: 'the call at the provider' });
    await product.stack.process('egress').kill();
    await product.stack.process('egress').restart(RESTART_TIMEOUT_MS);
    expect(await ended(id)).toMatchObject({ state: 'unknown', verdict: 'unknown', charge: 'unknown' });
    await expectOneCall(lost);
  });

  async function request(elements: Bill): Promise<VerificationView> {
    const headers = { 'content-type': 'application/json' };
    const response = await product.request('/v1/verifications', { method: 'POST', body: JSON.stringify({ elements }), headers });
    return VerificationView.parse(await response.json());
  }

  function ended(id: string): Promise<VerificationView> {
    return eventually(
      async () => {
        const view = VerificationView.parse(await (await product.request(`/v1/verifications/${id}`)).json());
        return view.finishedAt !== null && view;
      },
      { what: `the end of verification ${id}` },
    );
  }

  async function expectOneCall({ billNumber }: Bill): Promise<void> {
    const calls = (await product.upstreamRequests()).filter((raw) => raw.includes(billNumber));
    expect(calls).toHaveLength(1);
    const attempts = await product.query(
      'select id from attempt where verification_id in (select id from verification where bill_number = $1)',
      [billNumber],
    );
    expect(attempts).toHaveLength(1);
  }
});
