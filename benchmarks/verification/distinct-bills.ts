import type { SandboxBill } from '@app/devstack';
import type { Elements } from '@app/contracts';
import { createHash } from 'node:crypto';

/** One bill in so many is known to the simulated provider and comes back with its face; the others are NOT_FOUND, which is paid for as well. */
const KNOWN_EVERY = 5;
const ITEMS = 8;

/** The made-up bill of a number, always the same one; no two numbers give the same bill. */
export function distinctBill(number: number, issueDate: string): Elements {
  const digest = createHash('sha256').update(`bill ${number}`).digest();
  return {
    billCode: '33060126',
    billNumber: String(number).padStart(10, '0'),
    checkCode: digest.toString('hex').slice(0, 6),
    issueDate,
    totalAmount: `${digest.readUInt16BE(8) + 1}.${String((digest[10] ?? 0) % 100).padStart(2, '0')}`,
  };
}

/** The bills below `count` that the simulated provider knows, each with a face of the size that a hospital's bill has. */
export function knownBills(count: number, issueDate: string): SandboxBill[] {
  const known: SandboxBill[] = [];
  for (let number = 0; number < count; number += KNOWN_EVERY) known.push({ elements: distinctBill(number, issueDate), face: FACE });
  return known;
}

const item = (sequence: number) => ({
  sequence: String(sequence),
  itemCode: `2503${String(sequence).padStart(5, '0')}`,
  itemName: `化验检查费第${sequence}项`,
  standard: '',
  unit: '次',
  quantity: '1',
  unitPrice: '40.00',
  amount: '40.00',
  itemRemark: '',
});

const FACE: SandboxBill['face'] = {
  regionName: '浙江省',
  payer: '甲**',
  payee: '示例市第一医院',
  totalAmountInWords: '肆佰捌拾陆元贰角整',
  cashier: '60417',
  reviewer: '60388',
  remark: '住院号 88120435;医保统筹基金支付 291.72;个人账户支付 194.48',
  items: Array.from({ length: ITEMS }, (_, index) => item(index + 1)),
};
