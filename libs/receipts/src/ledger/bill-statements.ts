import { BILL_COLUMNS } from './bill-row';

/** The columns that notes change, with what each is cast to, in the order in which `changing` of the store gives their values. */
const CHANGING = [
  ...['check_code_sealed bytea', 'check_code_hash bytea', 'issue_date date', 'amount_fen bigint', 'kind text', 'title text', 'payee text'],
  ...['reading text', 'state text', 'verdict text', 'verification_state text', 'outcome text', 'verification_id uuid'],
  ...['verified_at timestamptz', 'reversed boolean', 'accounted boolean', 'printed boolean', 'texts text'],
  ...['item_terms bigint[]', 'name_terms bigint[]', 'payer_hash bytea', 'payer_code_hash bytea', 'last_seen_at timestamptz'],
].map((column) => {
  const [name = '', type = ''] = column.split(' ');
  return { name, type };
});
const NAMES = CHANGING.map(({ name }) => name).join(', ');

// Each statement has the tenant, the bill, and the receipt and its bill index before; then, where it changes the bill, what it changes.
const FIRST = 5;
const AFTER_CHANGING = FIRST + CHANGING.length;
const valueOf = (column: string): string => {
  const at = CHANGING.findIndex(({ name }) => name === column);
  return `$${FIRST + at}::${CHANGING[at]?.type ?? ''}`;
};

// `at` is the number of a part's first parameter of its own.
const linked = (at: number): string => `linked as (
  insert into bill_receipt (tenant_id, bill_id, receipt_id, bill_index, check_code_hash, issue_date, amount_fen, reading)
  select $1::uuid, $2::uuid, $3::uuid, $4::integer, $${at}::bytea, $${at + 1}::date, $${at + 2}::bigint, $${at + 3}::text
  where $3::uuid is not null
  on conflict (tenant_id, receipt_id, bill_index) do update set bill_id = excluded.bill_id, check_code_hash = excluded.check_code_hash,
    issue_date = excluded.issue_date, amount_fen = excluded.amount_fen, reading = excluded.reading)`;

// In the order of the numbers: two writers of the same new texts then wait for one another, and never in a circle.
const shared = (at: number): string => `shared as (
  insert into bill_text (tenant_id, field, term, text)
  select $1::uuid, s.field, s.term, s.text
  from unnest($${at}::text[], $${at + 1}::bigint[], $${at + 2}::text[]) as s (field, term, text) order by s.term
  on conflict do nothing), itemised as (
  insert into bill_item (tenant_id, term, text_sealed)
  select $1::uuid, i.term, i.text_sealed from unnest($${at + 3}::bigint[], $${at + 4}::bytea[]) as i (term, text_sealed) order by i.term
  on conflict do nothing)`;

const terms = (at: number): string => `insert into bill_term (tenant_id, term, bill_id)
  select $1::uuid, t.term, $2::uuid from unnest($${at}::bigint[]) as t (term) order by t.term on conflict do nothing`;

/** Adds a bill, or gives the one there is. Parameters: tenant, id, code, number, what changes, contradiction, count, first seen, receipt. */
export const OPEN = `insert into bill as b (tenant_id, id, bill_code, bill_number, ${NAMES}, is_contradicted, receipt_count, first_seen_at)
  values ($1, $2, $3, $4, ${CHANGING.map((_, at) => `$${FIRST + at}`).join(', ')}, $${AFTER_CHANGING}, $${AFTER_CHANGING + 1}, $${AFTER_CHANGING + 2})
  on conflict (tenant_id, bill_code, bill_number) do update set last_seen_at = excluded.last_seen_at
  returning ${BILL_COLUMNS}, ${isLinkedSql(`$${AFTER_CHANGING + 3}`)}`;

/** Gives a bill by its code and number, held. */
export const HOLD = `select ${BILL_COLUMNS}, ${isLinkedSql('$4')} from bill b
  where b.tenant_id = $1 and b.bill_code = $2 and b.bill_number = $3 for update`;

/** Changes a held bill. Parameters after the first four: what changes, and whether the bill is contradicted. */
export const CHANGE = `update bill set ${CHANGING.map(({ name }) => `${name} = ${valueOf(name)}`).join(', ')},
    is_contradicted = $${AFTER_CHANGING} or (${valueOf('verdict')} in ('valid', 'reversalNotProvided', 'reversed') and exists (
      select from bill_receipt l where l.tenant_id = $1 and l.bill_id = $2 and l.reading = 'certain'
        and (l.receipt_id, l.bill_index) is distinct from ($3::uuid, $4::integer)
        and (l.check_code_hash, l.issue_date, l.amount_fen) is distinct from
          (${valueOf('check_code_hash')}, ${valueOf('issue_date')}, ${valueOf('amount_fen')}))),
    receipt_count = (select count(distinct l.receipt_id) from bill_receipt l
        where l.tenant_id = $1 and l.bill_id = $2 and l.receipt_id is distinct from $3::uuid) + case when $3::uuid is null then 0 else 1 end
  where tenant_id = $1 and id = $2`;

/** The link and the words of a bill that was just added. */
export const ADD_WORDS = `with ${linked(FIRST)}, ${shared(FIRST + 4)} ${terms(FIRST + 9)}`;

/** `CHANGE`, and the link and the words after its parameters. */
export const CHANGE_WITH_WORDS = `with ${linked(AFTER_CHANGING + 1)}, ${shared(AFTER_CHANGING + 5)}, changed as (${CHANGE}) ${terms(AFTER_CHANGING + 10)}`;

function isLinkedSql(receipt: string): string {
  return `exists (select from bill_receipt l where l.tenant_id = b.tenant_id and l.receipt_id = ${receipt}::uuid and l.bill_id = b.id) as "isLinked"`;
}
