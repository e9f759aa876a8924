import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log';

/** Provides `AuditLog`. */
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}
