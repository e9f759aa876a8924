import { AuditForwardingModule, type SiemFormat, type SyslogReceiver } from '@app/audit';
import { ConfigError } from '@app/config';
import { type DynamicModule, Module } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** What a worker that forwards the audit knows. */
export interface ForwardingSettings {
  /** `tls://host:6514`, or `tcp://host:514` where that is allowed. */
  url: string;
  allowPlain: boolean;
  format: SiemFormat;
  caFile?: string | undefined;
  certFile?: string | undefined;
  keyFile?: string | undefined;
}

const DEFAULT_PORT: Record<string, number> = { 'tls:': 6514, 'tcp:': 514 };
const VERSION = '1';

/** Forwards the audit to the bank's SIEM: the only part of the worker that reaches it. */
@Module({})
export class ForwardingModule {
  static forRoot(settings: ForwardingSettings): DynamicModule {
    const source = { host: hostname(), version: VERSION };
    return {
      module: ForwardingModule,
      imports: [AuditForwardingModule.forRoot({ receiver: receiverOf(settings), format: settings.format, source })],
    };
  }
}

/** @throws ConfigError for plain TCP that nobody allowed */
export function receiverOf({ url, allowPlain, caFile, certFile, keyFile }: ForwardingSettings): SyslogReceiver {
  const { protocol, hostname: host, port } = new URL(url);
  if (protocol === 'tcp:' && !allowPlain)
    throw new ConfigError([
      'PIAOYAN_SIEM_URL is plain TCP: use tls://, or set PIAOYAN_SIEM_ALLOW_PLAIN to true in a network that is trusted',
    ]);
  const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file, 'utf8'));
  const tls = protocol === 'tcp:' ? null : { ca: read(caFile), cert: read(certFile), key: read(keyFile) };
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) || (DEFAULT_PORT[protocol] ?? 6514), tls };
}
