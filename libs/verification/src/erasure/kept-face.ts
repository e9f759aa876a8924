import type { ProviderFace } from '@app/contracts';
import { emptyFace } from '@app/providers';

/** What of a face belongs to the verdict and tells of no person: the bill's name, who issued it, and its flags. It lies in clear: no check code. */
const KEPT = [
  ...(['billCode', 'billNumber', 'issueDate', 'totalAmount', 'totalAmountInWords', 'title', 'invoiceTypeText'] as const),
  ...(['regionName', 'payee', 'payeeCode', 'reversed', 'reversedDate', 'reversedTime', 'accounted', 'printed'] as const),
  ...(['verificationCount', 'financeSealName', 'financeSealNumber'] as const),
] satisfies readonly (keyof ProviderFace)[];

/** The face without what is erased at the end of its retention: payer, items, 其他信息, remarks and the names of staff. */
export function keptFace(face: ProviderFace): ProviderFace {
  return { ...emptyFace(), ...Object.fromEntries(KEPT.map((name) => [name, face[name]])) };
}
