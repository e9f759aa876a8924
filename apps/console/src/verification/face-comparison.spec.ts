import type { ProviderFace } from '@app/contracts';
import { bill, field } from '../testing/made-up-bill';
import { face } from '../testing/made-up-verification';
import { compareFace, likenessOf } from './face-comparison';

const elements = {
  billCode: '32060126',
  billNumber: '0019304458',
  checkCode: '5d07ea',
  issueDate: '2026-04-09',
  totalAmount: '486.20',
};
const rowOf = (changes: Partial<ProviderFace>, name: string) =>
  compareFace(face(changes), elements, bill({ fields: { payer: field('张三'), reviewer: field('80138') } })).find(
    (row) => row.name === name,
  );

describe('likenessOf', () => {
  it.each([
    ['江苏省医疗门诊收费票据（电子）', '江苏省医疗门诊收费票据(电子)', 'same'],
    ['肆佰捌拾陆圆贰角正', '肆佰捌拾陆元贰角整', 'same'],
    ['12226.24', '12,226.24', 'same'],
    ['**************6735', '320102199001016735', 'compatible'],
    ['张*', '张三', 'compatible'],
    ['张*', '李四', 'differs'],
    ['张*', '张三丰', 'differs'],
    ['5d07ea', '5D07ea', 'differs'],
    ['5d07ea', null, 'notProvided'],
    [null, '5d07ea', 'notRead'],
  ])('%p beside %p is %s', (ours, theirs, expected) => {
    expect(likenessOf(ours, theirs)).toBe(expected);
  });
});

describe('compareFace', () => {
  it('compares the elements that were sent, not those that were read', () => {
    expect(rowOf({ checkCode: '5d07ea' }, 'checkCode')).toMatchObject({ ours: '5d07ea', likeness: 'same' });
  });

  it('shows a difference', () => {
    expect(rowOf({ payer: '李四' }, 'payer')).toEqual({ name: 'payer', ours: '张三', theirs: '李四', likeness: 'differs' });
  });

  it('says when the provider gave nothing', () => {
    expect(rowOf({ reviewer: '' }, 'reviewer')).toEqual({ name: 'reviewer', ours: '80138', theirs: null, likeness: 'notProvided' });
  });

  it('leaves out what neither side has', () => {
    expect(rowOf({}, 'cashier')).toBeUndefined();
  });

  it('compares typed elements without an image', () => {
    const rows = compareFace(face({ billCode: '32060126', payee: '某医院' }), elements, null);
    expect(rows.find(({ name }) => name === 'billCode')?.likeness).toBe('same');
    expect(rows.find(({ name }) => name === 'payee')?.likeness).toBe('notRead');
  });
});
