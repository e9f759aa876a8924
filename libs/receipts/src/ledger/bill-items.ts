import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { BillSecrets } from './bill-secrets';

const TERM_BYTES = 8;
/** Texts opened before others get their turn: some ten milliseconds. */
const TEXTS_PER_QUERY = 1_000;
/** Texts that are remembered of all tenants together, some 20 MB; what is beyond is opened again for each search. */
const MOST_REMEMBERED = 200_000;

/**
 * Looks for a part of an item's name. The names lie sealed, each once, and what they are can be told by nothing that lies beside them; so
 * they are opened to be compared, and remembered, for a name never changes under its number.
 */
@Injectable()
export class BillItems {
  private readonly remembered = new Map<string, Map<string, string>>();
  private count = 0;

  constructor(private readonly secrets: BillSecrets) {}

  /** The numbers of the items whose names hold the word, which is normalised. */
  async termsWith(tx: Tx, word: string): Promise<string[]> {
    const terms = await this.terms(tx);
    const known = this.ofTenant(tx.tenant.tenantId);
    const found: string[] = [];
    const unknown: string[] = [];
    for (const term of terms) {
      const text = known.get(term);
      if (text === undefined) unknown.push(term);
      else if (text.includes(word)) found.push(term);
    }
    for (let at = 0; at < unknown.length; at += TEXTS_PER_QUERY) {
      const opened = await this.open(tx, unknown.slice(at, at + TEXTS_PER_QUERY));
      found.push(...opened.flatMap(({ term, text }) => (text.includes(word) ? [term] : [])));
      await setImmediate();
    }
    return found;
  }

  /** The numbers of all items of the tenant: one value, since a row for each takes several times as long. */
  private async terms(tx: Tx): Promise<string[]> {
    const [row] = await tx.manager.query<{ terms: Buffer | null }[]>(
      `select string_agg(int8send(term), ''::bytea) as terms from bill_item where tenant_id = $1`,
      [tx.tenant.tenantId],
    );
    const bytes = row?.terms ?? Buffer.alloc(0);
    return Array.from({ length: bytes.length / TERM_BYTES }, (_, at) => bytes.readBigInt64BE(at * TERM_BYTES).toString());
  }

  private async open(tx: Tx, terms: readonly string[]): Promise<{ term: string; text: string }[]> {
    const rows = await tx.manager.query<{ term: string; sealed: Buffer }[]>(
      'select term, text_sealed as sealed from bill_item where tenant_id = $1 and term = any($2::bigint[])',
      [tx.tenant.tenantId, terms],
    );
    const known = this.ofTenant(tx.tenant.tenantId);
    const opened: { term: string; text: string }[] = [];
    for (const { term, sealed } of rows) {
      const text = await this.secrets.openItem(tx, term, sealed);
      opened.push({ term, text });
      if (this.count >= MOST_REMEMBERED || known.has(term)) continue;
      known.set(term, text);
      this.count += 1;
    }
    return opened;
  }

  private ofTenant(tenantId: string): Map<string, string> {
    const known = this.remembered.get(tenantId) ?? new Map<string, string>();
    this.remembered.set(tenantId, known);
    return known;
  }
}
