import type { WebhookTarget } from '@app/contracts';
import { type GuardedService, WebhooksModule } from '@app/webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { DeliverWebhookHandler } from './deliver-webhook.handler';

/** What a worker that delivers webhooks knows. */
export interface DeliveringSettings {
  targets: readonly WebhookTarget[];
  /** File of authorities to trust beside the public ones, in PEM. */
  caFile?: string | undefined;
  /** Services beside this process, whose hosts no webhook may reach. */
  databaseUrl: string;
  egressUrl: string;
}

/** The cluster's API, where there is one. */
const CLUSTER_API: GuardedService = { host: 'kubernetes.default.svc', port: 443 };
const DEFAULT_PORT: Record<string, number> = { 'https:': 443, 'postgres:': 5432, 'postgresql:': 5432 };

/** Runs `webhook.deliver`: the only part of the worker that reaches receivers. */
@Module({})
export class DeliveringModule {
  static forRoot({ targets, caFile, databaseUrl, egressUrl }: DeliveringSettings): DynamicModule {
    const webhooks = WebhooksModule.forDelivering({
      targets,
      guarded: [serviceOf(databaseUrl), serviceOf(egressUrl), CLUSTER_API],
      ...(caFile !== undefined && { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] }),
    });
    return { module: DeliveringModule, imports: [webhooks], providers: [DeliverWebhookHandler] };
  }
}

function serviceOf(text: string): GuardedService {
  const { protocol, hostname, port } = new URL(text);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (DEFAULT_PORT[protocol] ?? 0) };
}
