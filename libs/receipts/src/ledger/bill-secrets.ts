import { type KeyHolder, Keyring, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { inTurn } from '../sealing/in-turn';
import type { BillSecretWords, ItemText } from './bill-secret-words';
import { namePieces, normalised, shownText } from './bill-words';

/** What is told of a bill in clear. `names` are file names without their endings, and vouchers. */
export interface ToldInClear {
  items?: readonly (string | null)[];
  names?: readonly string[];
  payer?: string | null | undefined;
  payerCreditCode?: string | null | undefined;
}

const MAX_ITEMS = 32;
const NOBODY = Buffer.alloc(0);

/** Makes of what must not lie in the ledger in clear what can be found there, and only with the tenant's key. */
@Injectable()
export class BillSecrets {
  constructor(readonly keyring: Keyring) {}

  async of(holder: KeyHolder, { items = [], names = [], payer, payerCreditCode }: ToldInClear): Promise<BillSecretWords> {
    const texts = [...new Set(items.map(shownText))].filter((text) => text !== '').slice(0, MAX_ITEMS);
    return {
      items: await inTurn(texts, async (text) => ({ text, term: await this.itemTerm(holder, text) })),
      names: await this.nameTerms(holder, namePieces(names)),
      payerHash: await this.payerHash(holder, payer),
      payerCodeHash: await this.payerCodeHash(holder, payerCreditCode),
    };
  }

  /** The number of an item's name as `normalised` gives it. */
  async itemTerm(holder: KeyHolder, text: string): Promise<string> {
    return termOf(await this.keyring.searchHash(holder, 'bill.item', text));
  }

  async nameTerms(holder: KeyHolder, pieces: readonly string[]): Promise<string[]> {
    return inTurn(pieces, async (piece) => termOf(await this.keyring.searchHash(holder, 'bill.name', piece)));
  }

  async payerHash(holder: KeyHolder, payer: string | null | undefined): Promise<Buffer | null> {
    return this.partyHash(holder, 'bill.payer', payer);
  }

  async payerCodeHash(holder: KeyHolder, code: string | null | undefined): Promise<Buffer | null> {
    return this.partyHash(holder, 'bill.payer_code', code);
  }

  /** Of what a person looks for: a text that can be no payer's has a hash that no bill has. */
  async askedPayerHash(holder: KeyHolder, payer: string): Promise<Buffer> {
    return (await this.payerHash(holder, payer)) ?? NOBODY;
  }

  async askedPayerCodeHash(holder: KeyHolder, code: string): Promise<Buffer> {
    return (await this.payerCodeHash(holder, code)) ?? NOBODY;
  }

  async checkCodeHash(holder: KeyHolder, checkCode: string | null): Promise<Buffer | null> {
    return checkCode === null ? null : this.keyring.searchHash(holder, 'bill.check_code', checkCode);
  }

  async sealCheckCode(holder: KeyHolder, billId: string, checkCode: string | null): Promise<Buffer | null> {
    return checkCode === null ? null : this.keyring.seal(holder, checkCodePlace(billId), Buffer.from(checkCode));
  }

  /** @throws UnsealError */
  async openCheckCode(holder: KeyHolder, billId: string, sealed: Buffer | null): Promise<string | null> {
    return sealed === null ? null : (await this.keyring.open(holder, checkCodePlace(billId), sealed)).toString();
  }

  async sealItem(holder: KeyHolder, { term, text }: ItemText): Promise<Buffer> {
    return this.keyring.seal(holder, itemPlace(term), Buffer.from(text));
  }

  /** @throws UnsealError */
  async openItem(holder: KeyHolder, term: string, sealed: Buffer): Promise<string> {
    return (await this.keyring.open(holder, itemPlace(term), sealed)).toString();
  }

  private async partyHash(holder: KeyHolder, field: string, given: string | null | undefined): Promise<Buffer | null> {
    const text = partyText(given);
    return text === null ? null : this.keyring.searchHash(holder, field, text);
  }
}

/** Who somebody is, as it is compared; null where that is not known, or masked: a masked name is many names. */
export function partyText(given: string | null | undefined): string | null {
  const text = normalised(given ?? '').replaceAll(' ', '');
  return text === '' || text.includes('*') ? null : text;
}

/** 64 bits of a hash, as the signed decimal that PostgreSQL's bigint takes. */
function termOf(hash: Buffer): string {
  return hash.readBigInt64BE(0).toString();
}

/** Where a bill's check code is sealed. */
export const checkCodePlace = (rowId: string): SealPlace => ({ dataClass: 'personal', purpose: 'bill.check_code', rowId });
/** Where an item's name is sealed. */
export const itemPlace = (rowId: string): SealPlace => ({ dataClass: 'detail', purpose: 'bill_item.text', rowId });
