import { AuditModule } from '@app/audit';
import { Module } from '@nestjs/common';
import { KeyExportAct } from './key-export.act';
import { KeyExportStore } from './key-export.store';
import { KeyExports } from './key-exports.service';

/** Provides the act `key.export` and `KeyExports`. Expects DatabaseModule and KeyringModule. */
@Module({ imports: [AuditModule], providers: [KeyExportStore, KeyExportAct, KeyExports], exports: [KeyExportAct, KeyExports] })
export class KeyExportModule {}
