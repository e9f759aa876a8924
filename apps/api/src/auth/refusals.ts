import { AuditLog } from '@app/audit';
import { type TenantContext, UnitOfWork } from '@app/database';
import type { KeyRefusal } from '@app/tenancy';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { originOf } from './origin-of';

/** Why somebody was not let in or not allowed. Stands in the audit; the caller is told less. */
export type RefusalReason = 'scope' | Exclude<KeyRefusal, 'unknown'>;

/** A caller whose tenant is known although it was refused. */
export interface RefusedCaller {
  tenant: TenantContext;
  reason: RefusalReason;
  /** What was missing, such as the name of the scope. Never what was presented. */
  wanted?: string;
}

/**
 * Puts on record who was refused (ASVS 16.3.1, 16.3.2): in the tenant's audit where the tenant is known, else as a count and a line of the
 * log, for a stranger must not be able to fill anybody's audit.
 */
@Injectable()
export class Refusals {
  private readonly logger = new Logger('Access');
  private strangers = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** How many requests of strangers were refused since the process started. */
  get strangersRefused(): number {
    return this.strangers;
  }

  /** The entry is committed before the caller gets an answer. @throws DatabaseBusyError or QueryFailedError when it cannot be written */
  async ofKnown(request: FastifyRequest, { tenant, reason, wanted }: RefusedCaller): Promise<void> {
    const detail = { reason, method: request.method, ...(wanted !== undefined && { wanted }) };
    await this.unitOfWork.run({ ...tenant, origin: originOf(request) }, (tx) =>
      this.audit.append(tx, { action: 'access.refuse', targetType: 'route', targetId: routeOf(request), detail, outcome: 'failure' }),
    );
  }

  /** What was presented stands neither in the log nor anywhere else. */
  ofStranger(request: FastifyRequest): void {
    this.strangers += 1;
    const { requestId, clientAddress } = originOf(request);
    const facts = { requestId, clientAddress, method: request.method, route: routeOf(request), refusedSinceStart: this.strangers };
    this.logger.warn({ ...facts, msg: 'caller not recognised' });
  }
}

/** The route's pattern: a path may hold what belongs into no record. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}
