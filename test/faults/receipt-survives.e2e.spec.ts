import { ReceiptView } from '@app/contracts';
import { renderBill, sampleBill } from '@app/samples';
import { eventually } from '../support/eventually';
import { TestStack } from '../support/test-stack';

const TODAY = new Date().toISOString().slice(0, 10);
const RESTART_TIMEOUT_MS = 90_000;

/** A receipt that was accepted is read, whatever process dies between the two. */
describe('an accepted receipt', () => {
  const bill = sampleBill(61, { kind: 'settlement', today: TODAY });
  let product: TestStack;

  beforeAll(async () => {
    product = await TestStack.start([]);
  });
  afterAll(() => product.stop());

  it('is read once after the worker was killed while reading it', async () => {
    const { id } = await upload();
    await eventually(() => isTaken(id), { what: 'the worker taking the job' });
    await product.stack.process('worker').kill();
    await product.stack.process('worker').restart(RESTART_TIMEOUT_MS);
    expect((await read(id)).reading?.bills[0]?.elements).toEqual(bill.elements);
    await expectOneEntry(id, 'receipt.read');
  });

  it('is there and read after the api was killed', async () => {
    const { id } = await upload();
    await product.stack.process('api').kill();
    await product.stack.process('api').restart(RESTART_TIMEOUT_MS);
    expect((await read(id)).reading?.bills[0]?.elements).toEqual(bill.elements);
    await expectOneEntry(id, 'receipt.upload');
  });

  async function upload(): Promise<ReceiptView> {
    const { image } = await renderBill(bill);
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await product.request('/v1/receipts', { method: 'POST', body: new Uint8Array(image), headers });
    expect(response.status).toBe(202);
    return ReceiptView.parse(await response.json());
  }

  async function isTaken(id: string): Promise<boolean> {
    const jobs = await product.query<{ state: string }>(
      `select state from pgboss.job where name = 'receipt.read' and data->>'receiptId' = $1`,
      [id],
    );
    return jobs[0]?.state === 'active';
  }

  function read(id: string): Promise<ReceiptView> {
    return eventually(
      async () => {
        const view = ReceiptView.parse(await (await product.request(`/v1/receipts/${id}`)).json());
        return view.state === 'read' && view;
      },
      { what: `the reading of receipt ${id}` },
    );
  }

  async function expectOneEntry(id: string, action: string): Promise<void> {
    const entries = await product.query('select id from audit_entry where target_id = $1 and action = $2', [id, action]);
    expect(entries).toHaveLength(1);
  }
});
