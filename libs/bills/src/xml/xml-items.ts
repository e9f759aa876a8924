import type { BillItem } from '@app/contracts';
import type { EvidenceElement } from '../evidence';
import { formatAmount } from '../money/amount';
import { parseDataAmount } from '../money/data-amount';
import { childText, elementsWhere, isNamed } from './elements';

/** The rows of 项目清单 in `Details`; the finer rows of `AuxDetails` add up to the same and are left out. `sum` is null unless every row has an amount. */
export function xmlItems(bill: EvidenceElement): { items: BillItem[]; sum: bigint | null } {
  const isAuxiliary = (element: EvidenceElement) => isNamed(element, 'AuxDetails');
  const details = elementsWhere([bill], (element) => isNamed(element, 'Details'), isAuxiliary);
  const rows = details.flatMap(({ children }) => children.filter((child) => isNamed(child, 'Item')));
  const amounts = rows.map((row) => parseDataAmount(childText(row, 'ItemAmount')));
  const isWhole = rows.length > 0 && amounts.every((fen) => fen !== null);
  return { items: rows.map(toItem), sum: isWhole ? amounts.reduce((total, fen) => total + fen, 0n) : null };
}

function toItem(row: EvidenceElement): BillItem {
  const amount = childText(row, 'ItemAmount');
  const fen = parseDataAmount(amount);
  return {
    itemCode: childText(row, 'ItemCode'),
    itemName: childText(row, 'ItemName'),
    unit: childText(row, 'ItemUnit'),
    quantity: childText(row, 'ItemQuantity'),
    standard: childText(row, 'ItemStd'),
    amount: fen === null ? amount : formatAmount(fen),
    itemRemark: childText(row, 'ItemRemark'),
  };
}
