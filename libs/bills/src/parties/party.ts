/** Who pays and who is paid: on a payment slip both are account holders. */
export type Party = 'payer' | 'payee';

/** What heads a party's block on a payment slip, folded. */
export const PARTY_WORDS: readonly (readonly [string, Party])[] = [
  ['付款人', 'payer'],
  ['缴款人', 'payer'],
  ['交款人', 'payer'],
  ['收款人', 'payee'],
];

/** What is said of a party in its block. */
export type PartyDetail = 'name' | 'account' | 'bank';

/** The labels of a party's block, folded. */
export const DETAIL_WORDS: ReadonlyMap<string, PartyDetail> = new Map([
  ['全称', 'name'],
  ['账号', 'account'],
  ['帐号', 'account'],
  ['开户银行', 'bank'],
  ['开户行', 'bank'],
]);
