import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { BillItems } from './bill-items';
import { BillSecrets } from './bill-secrets';
import { piecesOf, searchWords } from './bill-words';
import type { AskedBills, WantedBills, WantedWord } from './wanted-bills';

/** A word that is part of more texts than this leads to too many bills to begin with. */
const MAX_TEXTS_OF_WORD = 2_000;
/** Of two words, the one with fewer bills leads; beyond this many they count as equal. */
const MAX_COUNTED = 5_000;

/** The numbers by which bills that have a word are found. */
@Injectable()
export class BillTerms {
  constructor(
    private readonly secrets: BillSecrets,
    private readonly items: BillItems,
  ) {}

  /** A filter as the database can be asked for it. */
  async wantedBy(tx: Tx, filter: AskedBills): Promise<WantedBills> {
    const { q, payee, checkCode, payer, payerCreditCode } = filter;
    const words: WantedWord[] = [];
    const anywhere = searchWords(q ?? '');
    const items = await this.items.termsWith(
      tx,
      anywhere.map(({ text }) => text),
    );
    for (const [at, word] of anywhere.entries()) {
      const names = await this.secrets.nameTerms(tx, piecesOf(word.text));
      words.push({ ...word, isPayee: false, items: items[at] ?? [], names });
    }
    for (const word of searchWords(payee ?? '')) words.push({ ...word, isPayee: true, items: [], names: [] });
    return {
      filter,
      words,
      checkCodeHash: await this.secrets.checkCodeHash(tx, checkCode ?? null),
      payerHash: payer === undefined ? null : await this.secrets.askedPayerHash(tx, payer),
      payerCodeHash: payerCreditCode === undefined ? null : await this.secrets.askedPayerCodeHash(tx, payerCreditCode),
    };
  }

  /** The terms of the rarest of the words; null when each is too common to begin with, or there is none. */
  async rarestOf(tx: Tx, { words }: WantedBills): Promise<string[] | null> {
    const choices: string[][] = [];
    for (const word of words) choices.push(...(await this.termsOfWord(tx, word)));
    return this.rarest(tx, choices);
  }

  /** The terms of the texts, items and names that hold the word, as the one choice; none when there are too many. */
  private async termsOfWord(tx: Tx, word: WantedWord): Promise<string[][]> {
    const rows = await tx.manager.query<{ term: string }[]>(
      `select t.term from bill_text t where t.tenant_id = $1 ${word.isPayee ? "and t.field = 'payee'" : ''}
       and position($2 in t.text) > 0 limit ${MAX_TEXTS_OF_WORD + 1}`,
      [tx.tenant.tenantId, word.text],
    );
    if (rows.length + word.items.length > MAX_TEXTS_OF_WORD) return [];
    return [[...rows.map(({ term }) => term), ...word.items, ...word.names.slice(0, 1)]];
  }

  /** The choice with the fewest bills. */
  private async rarest(tx: Tx, choices: readonly string[][]): Promise<string[] | null> {
    if (choices.length < 2) return choices[0] ?? null;
    let rarest = { terms: choices[0] ?? [], count: Infinity };
    for (const terms of choices) {
      const count = await this.count(tx, terms);
      if (count < rarest.count) rarest = { terms, count };
    }
    return rarest.terms;
  }

  private async count(tx: Tx, terms: readonly string[]): Promise<number> {
    const [row] = await tx.manager.query<{ count: number }[]>(
      `select count(*)::int as count from (
         select from bill_term t where t.tenant_id = $1 and t.term = any($2::bigint[]) limit ${MAX_COUNTED}) k`,
      [tx.tenant.tenantId, terms],
    );
    return row?.count ?? 0;
  }
}
