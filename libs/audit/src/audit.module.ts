import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log';
import { AuditForwardingStore } from './forwarding/audit-forwarding.store';
import { AuditTrail } from './trail/audit-trail';
import { AuditTrailStore } from './trail/audit-trail.store';

/** Provides `AuditLog`, and `AuditTrail` for those who read. Expects DatabaseModule. */
@Module({ providers: [AuditLog, AuditTrailStore, AuditTrail, AuditForwardingStore], exports: [AuditLog, AuditTrail, AuditForwardingStore] })
export class AuditModule {}
