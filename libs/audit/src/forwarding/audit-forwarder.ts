import { type TenantContext, UnitOfWork } from '@app/database';
import { Logger } from '@nestjs/common';
import { type AuditForwardingStore, type ForwardCursor } from './audit-forwarding.store';
import { type SiemFormat, siemMessage, type SiemSource } from './siem-message';
import { SyslogError } from './syslog.error';
import type { SyslogTransport } from './syslog-transport';

/** What the forwarder works with. */
export interface ForwarderParts {
  unitOfWork: UnitOfWork;
  store: AuditForwardingStore;
  transport: Pick<SyslogTransport, 'send'>;
  format: SiemFormat;
  source: SiemSource;
  /** Entries that one connection takes. */
  batch?: number;
}

const BATCH = 500;

/**
 * Hands entries to the bank's SIEM, at least once and in the order of their transactions, from a cursor in the database: while the receiver
 * is away the cursor stands still, and nobody who writes entries waits or notices.
 */
export class AuditForwarder {
  private readonly logger = new Logger('AuditForwarder');
  private isFailing = false;

  constructor(private readonly parts: ForwarderParts) {}

  /** Forwards all that is waiting, of every tenant. @throws SyslogError when the receiver is not there; what was not received stays waiting */
  async forwardAll(signal?: AbortSignal): Promise<number> {
    let forwarded = 0;
    for (const tenantId of await this.parts.store.tenants()) forwarded += await this.forwardTenant(tenantId, signal);
    if (this.isFailing) this.logger.log({ msg: 'the audit is forwarded again' });
    this.isFailing = false;
    return forwarded;
  }

  private async forwardTenant(tenantId: string, signal?: AbortSignal): Promise<number> {
    const { batch = BATCH } = this.parts;
    for (let forwarded = 0; ;) {
      const count = signal?.aborted ? 0 : await this.forwardBatch(contextOf(tenantId), batch);
      forwarded += count;
      if (count < batch) return forwarded;
    }
  }

  private async forwardBatch(tenant: TenantContext, batch: number): Promise<number> {
    const { unitOfWork, store, format, source, transport } = this.parts;
    const { cursor, entries } = await unitOfWork.run(tenant, async (tx) => {
      const at = await store.cursor(tx);
      return { cursor: at, entries: await store.waiting(tx, at, batch) };
    });
    const last = entries.at(-1);
    if (last === undefined) return 0;
    // No transaction is open while the receiver is waited for: one would hold up all that waits for the horizon.
    try {
      await transport.send(entries.map((entry) => siemMessage(entry, format, source)));
    } catch (error) {
      await this.failed(tenant, error);
      throw error;
    }
    await this.advance(tenant, cursor, last, entries.length);
    return entries.length;
  }

  private advance(tenant: TenantContext, from: ForwardCursor, to: ForwardCursor, entries: number): Promise<void> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.parts.store.advance(tx, from, to, entries));
  }

  private async failed(tenant: TenantContext, error: unknown): Promise<void> {
    const failure = error instanceof SyslogError ? error.failure : 'internal';
    // Once for each outage: how long it lasts stands in the database.
    if (!this.isFailing) this.logger.error({ failure, err: error, msg: 'the audit is not forwarded: the receiver did not take it' });
    this.isFailing = true;
    await this.parts.unitOfWork.run(tenant, (tx) => this.parts.store.fail(tx, failure));
  }
}

function contextOf(tenantId: string): TenantContext {
  return { tenantId, actor: { type: 'worker', id: 'audit-forwarder', name: 'audit-forwarder' } };
}
