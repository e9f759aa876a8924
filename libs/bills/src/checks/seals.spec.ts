import type { Quad } from '@app/contracts';
import { bill, page } from '../../../../test/support/printed-page';
import { readBills } from '../read-bills';

const at = (x: number, y: number): Quad => [
  [x, y],
  [x + 200, y],
  [x + 200, y + 200],
  [x, y + 200],
];

function payeeWith(...rings: string[]) {
  const sealed = { ...page(bill()), seals: rings.map((text, index) => ({ quad: at(900 + 10 * index, 700), text })) };
  const [read] = readBills({ pages: [sealed], today: '2026-11-22' }).bills;
  return { seals: read?.seals, payee: read?.fields.payee };
}

describe('the seals of a bill', () => {
  it('are told, with what their rings say', () => {
    expect(payeeWith('虹桥镇卫生院').seals).toEqual([{ page: 1, quad: at(900, 700), text: '虹桥镇卫生院' }]);
  });

  it.each(['虹桥镇卫生院', '虹桥镇王生院', '*虹桥镇卫生院1234'])('confirm the payee whose name they bear: %s', (ring) => {
    expect(payeeWith('监制章', ring).payee).toMatchObject({ value: '虹桥镇卫生院', confirmedBy: ['seal'], contradictedBy: [] });
  });

  it.each(['', '虹桥镇', '虹口区卫生局', '青桥镇王主院'])('neither confirm nor contradict it with anything else: "%s"', (ring) => {
    expect(payeeWith(ring).payee).toMatchObject({ value: '虹桥镇卫生院', confirmedBy: [], contradictedBy: [] });
  });
});
