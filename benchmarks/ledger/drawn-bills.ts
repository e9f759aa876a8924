import type { Client } from 'pg';
import type { MadeUpTenant } from './made-up-ledger';
import { type DrawnBill, drawnNumbers } from './searches';

/** Draws `count` bills of the tenant, the same ones each time; as the owner, who keeps beside the ledger what lies sealed in it. */
export async function drawnBills(owner: Client, { tenantId, bills }: MadeUpTenant, count: number): Promise<DrawnBill[]> {
  await owner.query(`select set_config('app.tenant', $1, false)`, [tenantId]);
  return (await owner.query<DrawnBill>(DRAWN, [tenantId, drawnNumbers(bills, count)])).rows;
}

const DRAWN = `select b.id, b.bill_code as "billCode", b.bill_number as "billNumber", substr(md5('check' || b.bill_number::bigint), 1, 6) as "checkCode",
    b.issue_date::text as "issueDate", (b.amount_fen / 100)::text || '.' || lpad((b.amount_fen % 100)::text, 2, '0') as amount, b.kind, b.payee,
    (select i.text from item_part i where i.term = b.item_terms[1]) as item,
    (select w.word from name_part w where w.term = b.name_terms[2]) as "fileDay",
    (select w.word from name_part w where w.term = b.name_terms[3]) as "fileTime",
    b.voucher, (b.first_seen_at at time zone 'Asia/Shanghai')::date::text as "seenOn"
  from bill b where b.tenant_id = $1 and b.bill_number = any($2::text[]) order by b.id`;
