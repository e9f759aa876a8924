import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/**
 * Nothing personal stays in clear: what people read, corrected and were told is sealed, and what must be found is found by keyed hashes.
 * Sealing needs keys, which SQL does not have, and no release has written rows yet. So a row of an older state is refused by the NOT NULL
 * columns: the whole step is then undone, and nothing is lost.
 */
export class SealPersonalData1795306620000 extends ForwardMigration {
  readonly name = 'SealPersonalData1795306620000';

  async up(runner: QueryRunner): Promise<void> {
    await sealReceipts(runner);
    await sealVerifications(runner);
    await sealBatches(runner);
    await sealLedger(runner);
  }
}

async function sealReceipts(runner: QueryRunner): Promise<void> {
  // The key of an original may be destroyed, and a reading erased, while the row stays: only then are they null.
  await runner.query(`
    ALTER TABLE receipt
      DROP COLUMN file_name, DROP COLUMN reading,
      ADD COLUMN file_name_sealed bytea NOT NULL,
      ADD COLUMN original_key_sealed bytea,
      ADD COLUMN reading_sealed bytea,
      ADD CONSTRAINT receipt_reading_sealed_ck CHECK (reading_sealed IS NULL OR state = 'read')`);
  await runner.query(`GRANT UPDATE (reading_sealed) ON receipt TO piaoyan_worker`);
  await runner.query(`ALTER TABLE receipt_correction DROP COLUMN fields, ADD COLUMN fields_sealed bytea NOT NULL`);
}

async function sealVerifications(runner: QueryRunner): Promise<void> {
  // asked_sealed: the check code, and what was read of the bill. face_sealed: what the provider told beyond its verdict.
  await runner.query(`
    ALTER TABLE verification
      DROP COLUMN check_code, DROP COLUMN read_face, DROP COLUMN face,
      ADD COLUMN asked_sealed bytea NOT NULL,
      ADD COLUMN face_sealed bytea`);
  await runner.query(`GRANT UPDATE (face_sealed) ON verification TO piaoyan_worker`);
  await runner.query(`ALTER TABLE attempt DROP COLUMN provider_message, ADD COLUMN provider_message_sealed bytea`);
  await runner.query(`GRANT UPDATE (provider_message_sealed) ON attempt TO piaoyan_worker`);
}

async function sealBatches(runner: QueryRunner): Promise<void> {
  await runner.query(`ALTER TABLE verification_batch DROP COLUMN file_name, ADD COLUMN file_name_sealed bytea`);
  await runner.query(`
    ALTER TABLE verification_batch_row
      DROP COLUMN given, DROP COLUMN reference, DROP COLUMN elements,
      ADD COLUMN content_sealed bytea NOT NULL`);
}

async function sealLedger(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE bill
      DROP COLUMN check_code, DROP COLUMN file_words,
      ADD COLUMN check_code_sealed bytea,
      ADD COLUMN check_code_hash bytea,
      ADD COLUMN item_terms bigint[] NOT NULL,
      ADD COLUMN name_terms bigint[] NOT NULL,
      ADD COLUMN payer_hash bytea,
      ADD COLUMN payer_code_hash bytea`);
  await runner.query(`CREATE INDEX IF NOT EXISTS bill_check_code_hash_ix ON bill (tenant_id, check_code_hash)`);
  await runner.query(`CREATE INDEX IF NOT EXISTS bill_payer_hash_ix ON bill (tenant_id, payer_hash) WHERE payer_hash IS NOT NULL`);
  await runner.query(
    `CREATE INDEX IF NOT EXISTS bill_payer_code_hash_ix ON bill (tenant_id, payer_code_hash) WHERE payer_code_hash IS NOT NULL`,
  );
  const noted = 'check_code_sealed, check_code_hash, item_terms, name_terms, payer_hash, payer_code_hash';
  await runner.query(`GRANT UPDATE (${noted}) ON bill TO piaoyan_api, piaoyan_worker`);
  await runner.query(`ALTER TABLE bill_receipt DROP COLUMN check_code, ADD COLUMN check_code_hash bytea`);
  await runner.query(`GRANT UPDATE (check_code_hash) ON bill_receipt TO piaoyan_api, piaoyan_worker`);
  // The names of items, each once, under a number that is their keyed hash.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS bill_item (
      tenant_id uuid NOT NULL,
      term bigint NOT NULL,
      text_sealed bytea NOT NULL,
      CONSTRAINT bill_item_pk PRIMARY KEY (tenant_id, term)
    )`);
  await protectTenantTable(runner, 'bill_item', { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT'] });
}
