import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { BillSecrets } from './bill-secrets';

const TERM_BYTES = 8;
/** Texts opened before others get their turn: some ten milliseconds. */
const TEXTS_PER_QUERY = 1_000;
/** What was destroyed is known no longer than this. */
const REMEMBERED_MS = 600_000;
/** Texts that are remembered of all tenants together, some 20 MB; what is beyond is opened again for each search. */
const MOST_REMEMBERED = 200_000;

/**
 * Looks for a part of an item's name. The names lie sealed, each once, and what they are can be told by nothing that lies beside them; so
 * they are opened to be compared, and remembered for a while, for a name never changes under its number.
 */
@Injectable()
export class BillItems {
  private remembered = new Map<string, Map<string, string>>();
  private rememberedSince = Date.now();
  private count = 0;

  constructor(private readonly secrets: BillSecrets) {}

  /** For each of the words, which are normalised, the numbers of the items whose names hold it. */
  async termsWith(tx: Tx, words: readonly string[]): Promise<string[][]> {
    const found = words.map((): string[] => []);
    if (words.length === 0) return found;
    const note = (key: string, text: string): void => {
      for (const [at, word] of words.entries()) if (text.includes(word)) found[at]?.push(termOf(key));
    };
    const known = this.ofTenant(tx.tenant.tenantId);
    const unknown: string[] = [];
    for (const key of await this.keys(tx)) {
      const text = known.get(key);
      if (text === undefined) unknown.push(key);
      else note(key, text);
    }
    for (let at = 0; at < unknown.length; at += TEXTS_PER_QUERY) {
      for (const { key, text } of await this.open(tx, unknown.slice(at, at + TEXTS_PER_QUERY))) note(key, text);
      await setImmediate();
    }
    return found;
  }

  /** The numbers of all items of the tenant, as eight characters each: one value, since a row for each takes several times as long. */
  private async keys(tx: Tx): Promise<string[]> {
    const [row] = await tx.manager.query<{ terms: Buffer | null }[]>(
      `select string_agg(int8send(term), ''::bytea) as terms from bill_item where tenant_id = $1`,
      [tx.tenant.tenantId],
    );
    const bytes = (row?.terms ?? Buffer.alloc(0)).toString('latin1');
    return Array.from({ length: bytes.length / TERM_BYTES }, (_, at) => bytes.slice(at * TERM_BYTES, (at + 1) * TERM_BYTES));
  }

  private async open(tx: Tx, keys: readonly string[]): Promise<{ key: string; text: string }[]> {
    const rows = await tx.manager.query<{ term: string; sealed: Buffer }[]>(
      'select term, text_sealed as sealed from bill_item where tenant_id = $1 and term = any($2::bigint[])',
      [tx.tenant.tenantId, keys.map(termOf)],
    );
    const known = this.ofTenant(tx.tenant.tenantId);
    const opened: { key: string; text: string }[] = [];
    for (const { term, sealed } of rows) {
      const text = await this.secrets.openItem(tx, term, sealed);
      const key = keyOf(term);
      opened.push({ key, text });
      if (this.count >= MOST_REMEMBERED || known.has(key)) continue;
      known.set(key, text);
      this.count += 1;
    }
    return opened;
  }

  private ofTenant(tenantId: string): Map<string, string> {
    if (Date.now() - this.rememberedSince > REMEMBERED_MS) this.forget();
    const known = this.remembered.get(tenantId) ?? new Map<string, string>();
    this.remembered.set(tenantId, known);
    return known;
  }

  private forget(): void {
    this.remembered = new Map();
    this.rememberedSince = Date.now();
    this.count = 0;
  }
}

function termOf(key: string): string {
  return Buffer.from(key, 'latin1').readBigInt64BE(0).toString();
}

function keyOf(term: string): string {
  const bytes = Buffer.alloc(TERM_BYTES);
  bytes.writeBigInt64BE(BigInt(term));
  return bytes.toString('latin1');
}
