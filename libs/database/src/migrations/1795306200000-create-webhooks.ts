import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Where a tenant wants to be told, what there was to tell, and which of it arrived. */
export class CreateWebhooks1795306200000 extends ForwardMigration {
  readonly name = 'CreateWebhooks1795306200000';

  async up(runner: QueryRunner): Promise<void> {
    await createEndpoint(runner);
    await createEvent(runner);
    await createDelivery(runner);
  }
}

async function createEndpoint(runner: QueryRunner): Promise<void> {
  // A removed endpoint stays for the sake of its deliveries, without its secrets.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS webhook_endpoint (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      url text NOT NULL,
      description text NOT NULL,
      event_types text[] NOT NULL,
      state text NOT NULL,
      disabled_reason text,
      failing_since timestamptz,
      secret_sealed bytea,
      previous_secret_sealed bytea,
      previous_secret_until timestamptz,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL,
      removed_at timestamptz,
      CONSTRAINT webhook_endpoint_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT webhook_endpoint_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT webhook_endpoint_state_ck CHECK (state IN ('active', 'disabled')),
      CONSTRAINT webhook_endpoint_disabled_reason_ck CHECK ((state = 'disabled') = (disabled_reason IS NOT NULL)),
      CONSTRAINT webhook_endpoint_removed_at_ck CHECK ((removed_at IS NULL) = (secret_sealed IS NOT NULL)),
      CONSTRAINT webhook_endpoint_removed_state_ck CHECK (removed_at IS NULL OR state = 'disabled'),
      CONSTRAINT webhook_endpoint_previous_secret_ck CHECK ((previous_secret_sealed IS NULL) = (previous_secret_until IS NULL))
    )`);
  // Every verification asks who wants to know of it: the answer is most often nobody.
  await runner.query(`
    CREATE INDEX IF NOT EXISTS webhook_endpoint_active_ix ON webhook_endpoint (tenant_id) WHERE state = 'active'`);
  await protectTenantTable(runner, 'webhook_endpoint', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
  await runner.query(`
    GRANT UPDATE (url, description, event_types, state, disabled_reason, failing_since, secret_sealed, previous_secret_sealed,
      previous_secret_until, removed_at) ON webhook_endpoint TO piaoyan_api`);
  await runner.query(`GRANT UPDATE (state, disabled_reason, failing_since) ON webhook_endpoint TO piaoyan_worker`);
}

async function createEvent(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS webhook_event (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      type text NOT NULL,
      subject_id uuid NOT NULL,
      payload json NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT webhook_event_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT webhook_event_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id)
    )`);
  await protectTenantTable(runner, 'webhook_event', { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT'] });
}

async function createDelivery(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS webhook_delivery (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      event_id uuid NOT NULL,
      endpoint_id uuid NOT NULL,
      state text NOT NULL,
      tries integer NOT NULL,
      last_status integer,
      last_error text,
      next_try_at timestamptz,
      delivered_at timestamptz,
      created_at timestamptz NOT NULL,
      CONSTRAINT webhook_delivery_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT webhook_delivery_event_id_fk FOREIGN KEY (tenant_id, event_id) REFERENCES webhook_event (tenant_id, id),
      CONSTRAINT webhook_delivery_endpoint_id_fk FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint (tenant_id, id),
      CONSTRAINT webhook_delivery_event_id_endpoint_id_uq UNIQUE (tenant_id, event_id, endpoint_id),
      CONSTRAINT webhook_delivery_state_ck CHECK (state IN ('pending', 'delivered', 'dead')),
      CONSTRAINT webhook_delivery_next_try_at_ck CHECK ((state = 'pending') = (next_try_at IS NOT NULL)),
      CONSTRAINT webhook_delivery_delivered_at_ck CHECK ((state = 'delivered') = (delivered_at IS NOT NULL))
    )`);
  await runner.query(`
    CREATE INDEX IF NOT EXISTS webhook_delivery_endpoint_id_state_ix ON webhook_delivery (tenant_id, endpoint_id, state, id)`);
  await protectTenantTable(runner, 'webhook_delivery', { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT'] });
  const changing = 'state, tries, last_status, last_error, next_try_at, delivered_at';
  await runner.query(`GRANT UPDATE (${changing}) ON webhook_delivery TO piaoyan_api, piaoyan_worker`);
}
