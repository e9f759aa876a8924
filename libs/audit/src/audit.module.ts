import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log';
import { AuditTrail } from './trail/audit-trail';
import { AuditTrailStore } from './trail/audit-trail.store';

/** Provides `AuditLog`, and `AuditTrail` for those who read. Expects DatabaseModule. */
@Module({ providers: [AuditLog, AuditTrailStore, AuditTrail], exports: [AuditLog, AuditTrail] })
export class AuditModule {}
