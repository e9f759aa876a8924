import type { QueryRunner } from 'typeorm';
import { type Privilege, protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

const ADD: readonly Privilege[] = ['SELECT', 'INSERT'];
const NOTED = `check_code, issue_date, amount_fen, kind, title, payee, reading, state, verdict, verification_state, outcome, verification_id,
  verified_at, reversed, accounted, printed, is_contradicted, receipt_count, texts, file_words, last_seen_at`;

/** 票据台账: bills, the receipts that show them, the words they are found by, and their bookings. docs/adr/0010 says why it is so searched. */
export class CreateBillLedger1795306140000 extends ForwardMigration {
  readonly name = 'CreateBillLedger1795306140000';

  async up(runner: QueryRunner): Promise<void> {
    await createBill(runner);
    await createBillReceipt(runner);
    await createWords(runner);
    await createBooking(runner);
  }
}

async function createBill(runner: QueryRunner): Promise<void> {
  // A date of the year 1 and an amount of -1 stand for not known: every row has a place in the order of each index.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS bill (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      bill_code text NOT NULL,
      bill_number text NOT NULL,
      check_code text,
      issue_date date NOT NULL,
      amount_fen bigint NOT NULL,
      kind text,
      title text,
      payee text,
      reading text,
      state text NOT NULL,
      verdict text,
      verification_state text,
      outcome text,
      verification_id uuid,
      verified_at timestamptz,
      reversed boolean,
      accounted boolean,
      printed boolean,
      is_contradicted boolean NOT NULL,
      receipt_count integer NOT NULL,
      texts text NOT NULL,
      file_words text NOT NULL,
      booked_at timestamptz,
      booked_by text,
      booked_by_name text,
      voucher text,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      CONSTRAINT bill_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT bill_bill_code_bill_number_uq UNIQUE (tenant_id, bill_code, bill_number),
      CONSTRAINT bill_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT bill_match_ck CHECK (state <> 'match' OR (verdict IS NOT NULL AND verdict = 'valid')),
      CONSTRAINT bill_receipt_count_ck CHECK (receipt_count >= 0),
      CONSTRAINT bill_booked_ck CHECK (
        (booked_at IS NULL) = (booked_by IS NULL) AND (booked_at IS NULL) = (booked_by_name IS NULL) AND (booked_at IS NULL) = (voucher IS NULL))
    )`);
  const indexes = {
    bill_number: '',
    check_code: '',
    'issue_date, id': '',
    'amount_fen, id': '',
    // What is asked together with a state or a kind stands in their indexes, too: those answer alone.
    'state, id': 'INCLUDE (kind, issue_date, amount_fen)',
    'kind, id': 'INCLUDE (state, issue_date, amount_fen)',
    'verified_at, id': 'WHERE verified_at IS NOT NULL',
  };
  for (const [columns, more] of Object.entries(indexes)) {
    const name = `bill_${columns.replace(', id', '')}_ix`;
    await runner.query(`CREATE INDEX IF NOT EXISTS ${name} ON bill (tenant_id, ${columns}) ${more}`);
  }
  await runner.query(`CREATE INDEX IF NOT EXISTS bill_booked_ix ON bill (tenant_id, id) WHERE booked_at IS NOT NULL`);
  await runner.query(`CREATE INDEX IF NOT EXISTS bill_duplicate_ix ON bill (tenant_id, id) WHERE receipt_count > 1`);
  await protectTenantTable(runner, 'bill', { api: ADD, worker: ADD });
  // Never its identity, and only people book.
  await runner.query(`GRANT UPDATE (${NOTED}) ON bill TO piaoyan_api, piaoyan_worker`);
  await runner.query(`GRANT UPDATE (booked_at, booked_by, booked_by_name, voucher) ON bill TO piaoyan_api`);
}

async function createBillReceipt(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS bill_receipt (
      tenant_id uuid NOT NULL,
      receipt_id uuid NOT NULL,
      bill_index integer NOT NULL,
      bill_id uuid NOT NULL,
      check_code text,
      issue_date date NOT NULL,
      amount_fen bigint NOT NULL,
      reading text,
      CONSTRAINT bill_receipt_pk PRIMARY KEY (tenant_id, receipt_id, bill_index),
      CONSTRAINT bill_receipt_receipt_id_fk FOREIGN KEY (tenant_id, receipt_id) REFERENCES receipt (tenant_id, id),
      CONSTRAINT bill_receipt_bill_id_fk FOREIGN KEY (tenant_id, bill_id) REFERENCES bill (tenant_id, id),
      CONSTRAINT bill_receipt_bill_index_ck CHECK (bill_index >= 1)
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS bill_receipt_bill_id_ix ON bill_receipt (tenant_id, bill_id)`);
  await protectTenantTable(runner, 'bill_receipt', { api: ADD, worker: ADD });
  // A person may say that the document shows another bill.
  await runner.query(`GRANT UPDATE (bill_id, check_code, issue_date, amount_fen, reading) ON bill_receipt TO piaoyan_api, piaoyan_worker`);
}

/**
 * A bill's payee, title and item names are the same few texts again and again: each is kept once and looked through for a part of a name,
 * and the bills that have it are found by equality, the only kind of operator for which row security lets an index be used.
 */
async function createWords(runner: QueryRunner): Promise<void> {
  // The text is in the key's index, too: who looks for a part of a name reads that alone, in its order.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS bill_text (
      tenant_id uuid NOT NULL,
      field text NOT NULL,
      term bigint NOT NULL,
      text text NOT NULL,
      CONSTRAINT bill_text_pk PRIMARY KEY (tenant_id, field, term) INCLUDE (text)
    )`);
  await protectTenantTable(runner, 'bill_text', { api: ADD, worker: ADD });
  // No foreign key to the bill: a bill is never removed, and eight checks a bill would be half the cost of writing it.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS bill_term (
      tenant_id uuid NOT NULL,
      term bigint NOT NULL,
      bill_id uuid NOT NULL,
      CONSTRAINT bill_term_pk PRIMARY KEY (tenant_id, term, bill_id)
    )`);
  await protectTenantTable(runner, 'bill_term', { api: ADD, worker: ADD });
}

async function createBooking(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS bill_booking (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      bill_id uuid NOT NULL,
      act text NOT NULL,
      voucher text NOT NULL,
      reason text,
      is_override boolean NOT NULL,
      state text NOT NULL,
      created_by text NOT NULL,
      created_by_name text NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT bill_booking_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT bill_booking_bill_id_fk FOREIGN KEY (tenant_id, bill_id) REFERENCES bill (tenant_id, id),
      CONSTRAINT bill_booking_act_ck CHECK (act IN ('book', 'undo')),
      CONSTRAINT bill_booking_reason_ck CHECK (reason IS NOT NULL OR (act = 'book' AND NOT is_override))
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS bill_booking_bill_id_ix ON bill_booking (tenant_id, bill_id)`);
  await protectTenantTable(runner, 'bill_booking', { api: ADD });
}
