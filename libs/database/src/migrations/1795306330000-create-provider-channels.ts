import type { QueryRunner } from 'typeorm';
import { grantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Whether each provider may be called at all: the circuit and the operator's pause, shared by all workers. Nothing of a tenant. */
export class CreateProviderChannels1795306330000 extends ForwardMigration {
  readonly name = 'CreateProviderChannels1795306330000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS provider_channel (
        provider text NOT NULL,
        state text NOT NULL,
        since timestamptz NOT NULL,
        reason text,
        failures integer NOT NULL,
        backoff_seconds integer NOT NULL,
        reopen_at timestamptz,
        probe_attempt_id uuid,
        CONSTRAINT provider_channel_pk PRIMARY KEY (provider),
        CONSTRAINT provider_channel_state_ck CHECK (state IN ('closed', 'open', 'halfOpen', 'paused')),
        CONSTRAINT provider_channel_probe_ck CHECK ((state = 'halfOpen') = (probe_attempt_id IS NOT NULL))
      )`);
    await grantTable(runner, 'provider_channel', { api: ['SELECT'], worker: ['SELECT', 'UPDATE'] });
    await createHistory(runner);
    // Every provider has its row from the start, so that a change is one plain UPDATE.
    for (const provider of ['netocr', 'jumdata', 'generic']) {
      await runner.query(
        `INSERT INTO provider_channel (provider, state, since, failures, backoff_seconds) VALUES ($1, 'closed', clock_timestamp(), 0, 0)`,
        [provider],
      );
    }
  }
}

/** The audit has tenants and a channel has none: its changes are kept here, to be added and read only. */
async function createHistory(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS provider_channel_change (
      id uuid NOT NULL,
      provider text NOT NULL,
      state text NOT NULL,
      reason text,
      actor_type text NOT NULL,
      actor_name text NOT NULL,
      attempt_id uuid,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT provider_channel_change_pk PRIMARY KEY (id)
    )`);
  await grantTable(runner, 'provider_channel_change', { worker: ['INSERT'] });
  await runner.query(`
    CREATE OR REPLACE FUNCTION provider_channel_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the history of provider channels is never changed (% refused)', TG_OP USING ERRCODE = 'insufficient_privilege';
    END $$`);
  await runner.query(`
    CREATE TRIGGER provider_channel_change_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON provider_channel_change
    FOR EACH STATEMENT EXECUTE FUNCTION provider_channel_change_refuse()`);
}
