import type { FaceItem, ProviderFace } from '@app/contracts';
import { hide } from './hide';
import { maskCode } from './mask-code';
import { maskName } from './mask-name';
import { isMedicalTitle } from './medical';

/**
 * The provider's face for a caller that may not see whose bill it is: payer, credit code, the values of 其他信息, the remark, and of a
 * medical bill what was done, which reveals the diagnosis. The amounts of rows stay.
 */
export function maskFace(face: ProviderFace): ProviderFace {
  const isMedical = isMedicalTitle(face.title) || isMedicalTitle(face.invoiceTypeText);
  const rows = (items: FaceItem[]): FaceItem[] => (isMedical ? items.map(maskRow) : items);
  return {
    ...face,
    payer: face.payer && maskName(face.payer),
    payerCreditCode: face.payerCreditCode && maskCode(face.payerCreditCode),
    remark: face.remark && hide(face.remark),
    items: rows(face.items),
    itemDetails: rows(face.itemDetails),
    otherInfo: face.otherInfo.map((info) => ({ ...info, value: hide(info.value) })),
  };
}

function maskRow(row: FaceItem): FaceItem {
  const { itemCode, itemName, standard, itemRemark } = row;
  const hidden = (text: string | null): string | null => text && hide(text);
  return { ...row, itemCode: hidden(itemCode), itemName: hidden(itemName), standard: hidden(standard), itemRemark: hidden(itemRemark) };
}
