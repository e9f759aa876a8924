import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/**
 * How often a bill was asked about on a day, across all tenants: keyed hashes and days, nothing of a tenant. No runtime role may touch
 * the table; three functions of its owner change one row each.
 */
export class CreateBillDayCount1795305840000 extends ForwardMigration {
  readonly name = 'CreateBillDayCount1795305840000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS bill_day_count (
        bill_hash text NOT NULL,
        day text NOT NULL,
        used integer NOT NULL,
        CONSTRAINT bill_day_count_pk PRIMARY KEY (bill_hash, day),
        CONSTRAINT bill_day_count_used_ck CHECK (used >= 0)
      )`);
    for (const { signature, returns, body } of FUNCTIONS) {
      await runner.query(`CREATE OR REPLACE FUNCTION ${signature} RETURNS ${returns}
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ ${body} $$`);
      const name = signature.replace(/\b[a-z_]+ (text|integer)/g, '$1');
      await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO piaoyan_api, piaoyan_worker`);
    }
  }
}

const FUNCTIONS = [
  {
    signature: 'bill_day_take(bill text, on_day text, places integer)',
    returns: 'boolean',
    body: `BEGIN
      INSERT INTO public.bill_day_count AS c (bill_hash, day, used) VALUES (bill, on_day, 1)
      ON CONFLICT (bill_hash, day) DO UPDATE SET used = c.used + 1 WHERE c.used < places;
      RETURN FOUND;
    END`,
  },
  {
    signature: 'bill_day_give_back(bill text, on_day text)',
    returns: 'void',
    body: `BEGIN
      UPDATE public.bill_day_count SET used = used - 1 WHERE bill_hash = bill AND day = on_day AND used > 0;
    END`,
  },
  {
    signature: 'bill_day_fill(bill text, on_day text, places integer)',
    returns: 'void',
    body: `BEGIN
      INSERT INTO public.bill_day_count AS c (bill_hash, day, used) VALUES (bill, on_day, places)
      ON CONFLICT (bill_hash, day) DO UPDATE SET used = greatest(c.used, places);
    END`,
  },
];
