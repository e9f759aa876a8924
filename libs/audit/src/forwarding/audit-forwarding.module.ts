import { UnitOfWork } from '@app/database';
import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditForwarder } from './audit-forwarder';
import { AuditForwardingStore } from './audit-forwarding.store';
import { ForwardingPump } from './forwarding-pump';
import type { SiemFormat, SiemSource } from './siem-message';
import { type SyslogReceiver, SyslogTransport } from './syslog-transport';

/** Where the audit is forwarded to, and how it is written. */
export interface AuditForwardingOptions {
  receiver: SyslogReceiver;
  format: SiemFormat;
  source: SiemSource;
}

/** Forwards the audit of all tenants while the process runs. Expects DatabaseModule, as the role of the worker. */
@Module({})
export class AuditForwardingModule {
  static forRoot({ receiver, format, source }: AuditForwardingOptions): DynamicModule {
    const useFactory = (unitOfWork: UnitOfWork, dataSource: DataSource) => {
      const [store, transport] = [new AuditForwardingStore(dataSource), new SyslogTransport(receiver)];
      return new ForwardingPump(new AuditForwarder({ unitOfWork, store, transport, format, source }));
    };
    return { module: AuditForwardingModule, providers: [{ provide: ForwardingPump, inject: [UnitOfWork, DataSource], useFactory }] };
  }
}
