import type { Client } from 'pg';
import { type KeyedParts, withKeyedParts } from './keyed-parts';
import { chosen, PARTS, skewed } from './made-up-parts';

/** A tenant of the made-up ledger: how many bills it has. */
export interface MadeUpTenant {
  tenantId: string;
  bills: number;
}

/** The first tenant has most of all bills, as the head office of a bank has. */
const SHARES = [0.6, 0.25, 0.1, 0.05];
const CHUNK = 100_000;
const SPAN_DAYS = 730;
/** Indexes that are left out while rows are copied in and are made in one go afterwards. */
const DROPPED = `select indexname as name, indexdef as definition from pg_indexes
  where tablename = 'bill' and indexname like '%\\_ix' order by 1`;

/**
 * Fills the ledger with made-up bills of the last two years, always the same ones: payees of which few have most bills, titles, item names, and
 * of each hundredth bill a payee and an item that were misread. As the owner, whom row security binds as well.
 */
export async function makeLedger(
  owner: Client,
  options: { bills: number; workerUrl: string; say: (line: string) => void },
): Promise<MadeUpTenant[]> {
  const tenants = SHARES.map((share, at) => ({
    tenantId: `019a0000-0000-7000-8000-00000000000${at}`,
    bills: Math.round(options.bills * share),
  }));
  const indexes = (await owner.query<{ name: string; definition: string }>(DROPPED)).rows;
  for (const { name } of indexes) await owner.query(`drop index ${name}`);
  await owner.query('alter table bill_term drop constraint bill_term_pk');
  await owner.query('set synchronous_commit = off');
  // The first tenant comes last: what is drawn of its bills is looked up in what was made for it.
  for (const made of [...tenants].reverse()) {
    const tenant = { tenantId: made.tenantId, actor: { type: 'operator' as const, id: 'bench', name: 'bench' } };
    await beginTenant(owner, made);
    await withKeyedParts({ owner, workerUrl: options.workerUrl, tenant }, (parts) => makeTenant(owner, made, parts, options.say));
  }
  await owner.query(`set maintenance_work_mem = '1GB'`);
  await owner.query('alter table bill_term add constraint bill_term_pk primary key (tenant_id, term, bill_id)');
  for (const { definition } of indexes) await owner.query(definition);
  for (const table of ['bill', 'bill_text', 'bill_item', 'bill_term']) await owner.query(`vacuum (analyze) ${table}`);
  return tenants;
}

async function beginTenant(owner: Client, { tenantId }: MadeUpTenant): Promise<void> {
  await owner.query(`select set_config('app.tenant', $1, false)`, [tenantId]);
  await owner.query('drop table if exists item_part, name_part');
  await owner.query(`insert into tenant (id, name) values ($1, $2)`, [tenantId, `bank ${tenantId.slice(-1)}`]);
  for (const part of PARTS) await owner.query(part);
}

async function makeTenant(owner: Client, { tenantId, bills }: MadeUpTenant, parts: KeyedParts, say: (line: string) => void): Promise<void> {
  await parts.items();
  for (let from = 1; from <= bills; from += CHUNK) {
    const to = Math.min(bills, from + CHUNK - 1);
    await owner.query(MADE, [from, to, bills]);
    await parts.ofMade();
    await owner.query(INSERT_BILLS, [tenantId]);
    await owner.query(INSERT_TERMS, [tenantId]);
    await owner.query('drop table made, check_part');
    say(`${tenantId.slice(-1)}: ${to} of ${bills} bills`);
  }
  await owner.query(
    `insert into bill_text (tenant_id, field, term, text) select $1, field, term, min(text) from used_text group by field, term
     on conflict do nothing`,
    [tenantId],
  );
  await owner.query('drop table used_text, payee_part, title_part');
}

/** 64 bits of SHA-256 as the signed number that libs/receipts makes of a text. */
const termOf = (field: string, text: string): string =>
  `('x' || left(encode(sha256(convert_to('${field}:' || ${text}, 'UTF8')), 'hex'), 16))::bit(64)::bigint`;

const MADE = `create temp table made as
  with numbered as (
    select n, now_ms + (n * span_ms / $3::bigint) as seen_ms
    from generate_series($1::bigint, $2::bigint) n,
      (select (extract(epoch from date '2026-11-01') * 1000)::bigint - ${SPAN_DAYS} * 86400000::bigint as now_ms, ${SPAN_DAYS} * 86400000::bigint as span_ms) s
  ), parts as (
    select n, seen_ms, to_timestamp(seen_ms / 1000.0) as seen_at, n > $3::bigint * 0.97 as is_recent,
      (lpad(to_hex(seen_ms), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid as id,
      p.text as read_payee, p.term as read_payee_term, t.kind, t.title, t.normalised as title_text, t.term as title_term,
      ${chosen('n', 5)} % 100 = 0 as is_misread, ${chosen('n', 12)} % 1000 as luck
    from numbered
    join payee_part p on p.at = ${skewed('n', 2, 20_000, 3)}
    join title_part t on t.at = ${skewed('n', 3, 341, 2)}
  ), read as (
    select *, case when is_misread then chr((19968 + ${chosen('n', 6)} % 5000)::integer) || substr(read_payee, 2) else read_payee end as payee
    from parts
  )
  select *,
    case when is_misread then ${termOf('payee', 'payee')} else read_payee_term end as payee_term,
    case when is_recent and luck < 500 then (array['unverified', 'review', 'inProgress'])[1 + luck % 3]
      when luck < 5 then 'failed' when luck < 8 then 'unknown' when luck < 13 then 'reversed' when luck < 28 then 'notFound'
      when luck < 48 then 'mismatch' when luck < 78 then 'reversalNotProvided' when luck < 80 then 'refused' when luck < 85 then 'review'
      else 'match' end as state,
    (seen_at - (power(${chosen('n', 7)} % 1000 / 1000.0, 2) * 180 || ' days')::interval)::date as issue_date,
    floor(exp(4.6 + 9 * (${chosen('n', 8)} % 10000) / 10000.0))::bigint as amount_fen,
    to_char(seen_at, 'YYYYMMDD') as file_day, lpad((${chosen('n', 9)} % 200000)::text, 6, '0') as file_time
  from read`;

const ITEMS_OF = `lateral (
    select i.text, i.term from generate_series(0, (${chosen('m.n', 10)} % 4)::integer) k
    join item_part i on i.at = (${skewed('m.n', 11, 3_000, 3)} + k * 37) % 3000) items`;

const INSERT_BILLS = `insert into bill (tenant_id, id, bill_code, bill_number, check_code_sealed, check_code_hash, issue_date, amount_fen, kind, title, payee, reading, state,
    verdict, verification_state, outcome, verified_at, reversed, is_contradicted, receipt_count, texts, item_terms, name_terms, booked_at, booked_by,
    booked_by_name, voucher, first_seen_at, last_seen_at)
  select $1, m.id, '99' || lpad((${chosen('m.n', 13)} % 400)::text, 4, '0') || to_char(m.issue_date, 'YY'), lpad(m.n::text, 10, '0'),
    c.sealed, c.hash, m.issue_date, m.amount_fen, m.kind, m.title, m.payee, case when m.state = 'review' then 'doubtful' else 'certain' end,
    m.state, case m.state when 'match' then 'valid' when 'unverified' then null when 'review' then null when 'inProgress' then null
      when 'failed' then null when 'refused' then null else m.state end,
    case when m.state in ('unverified', 'review') then null when m.state = 'inProgress' then 'queued' else 'answered' end,
    case when m.state = 'match' then 'MATCH' end,
    case when m.state in ('unverified', 'review', 'inProgress') then null else m.seen_at + interval '3 minutes' end,
    case when m.state = 'match' then false end, false, case when m.luck between 300 and 319 then 2 else 1 end,
    m.payee || E'\\n' || m.title_text, (select coalesce(array_agg(items.term), '{}') from ${ITEMS_OF}),
    (select array_agg(w.term order by given.at) from unnest(array['img', m.file_day, m.file_time]
      || case when is_booked then array['记', to_char(m.seen_at, 'YYYYMM'), lpad((m.n % 100000)::text, 5, '0')] else '{}'::text[] end)
      with ordinality as given (word, at) join name_part w on w.word = given.word),
    case when is_booked then m.seen_at + interval '20 days' end, case when is_booked then 'key' end, case when is_booked then 'counter 3' end,
    case when is_booked then '记-' || to_char(m.seen_at, 'YYYYMM') || '-' || lpad((m.n % 100000)::text, 5, '0') end, m.seen_at, m.seen_at
  from (select *, state = 'match' and not is_recent and luck < 900 as is_booked from made) m join check_part c on c.n = m.n order by m.n`;

const INSERT_TERMS = `with terms as materialized (
    select m.id, 'payee' as field, m.payee_term as term, m.payee as text from made m
    union all select m.id, 'text', m.title_term, m.title_text from made m
    union all select m.id, 'item', items.term, null from made m, ${ITEMS_OF}
    union all select m.id, 'name', w.term, null from made m, unnest(array['img', m.file_day, m.file_time]) word
      join name_part w using (word)
    union all select m.id, 'name', w.term, null from made m,
      unnest(array['记', to_char(m.seen_at, 'YYYYMM'), lpad((m.n % 100000)::text, 5, '0')]) word join name_part w using (word)
      where m.state = 'match' and not m.is_recent and m.luck < 900
  ), used as (
    insert into used_text (field, term, text) select distinct field, term, text from terms where text is not null
  )
  insert into bill_term (tenant_id, term, bill_id) select $1::uuid, term, id from terms`;
