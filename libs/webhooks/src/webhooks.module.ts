import { AuditLog, AuditModule } from '@app/audit';
import type { WebhookTarget } from '@app/contracts';
import { UnitOfWork } from '@app/database';
import { Keyring } from '@app/keyring';
import { JobQueue } from '@app/queue';
import { type DynamicModule, Module } from '@nestjs/common';
import { WebhookDeliveries } from './delivery/webhook-deliveries.service';
import { WebhookDelivering } from './delivery/webhook-delivering';
import { WebhookDeliveryStore } from './delivery/webhook-delivery.store';
import { type SenderOptions, WebhookSender } from './delivery/webhook-sender';
import { WebhookEndpoints } from './endpoint/webhook-endpoints.service';
import { WebhookEndpointStore } from './endpoint/webhook-endpoint.store';
import { WebhookSecrets } from './endpoint/webhook-secrets';
import { AllowedTargets } from './target/allowed-targets';
import { type GuardedService, TargetResolver } from './target/target-resolver';
import { WebhookOutbox } from './webhook-outbox';

/** What whoever manages endpoints must know. */
export interface ManagingOptions {
  /** The operator's allow-list. */
  targets: readonly WebhookTarget[];
}

/** What whoever delivers must know. */
export interface DeliveringOptions extends ManagingOptions, SenderOptions {
  /** Services of the installation that no webhook may reach. */
  guarded: readonly GuardedService[];
}

const STORES = [WebhookEndpointStore, WebhookDeliveryStore];

/** Webhooks for who emits, who manages and who delivers. Expects DatabaseModule, QueueModule and, but for emitting, KeyringModule. */
@Module({})
export class WebhooksModule {
  /** Provides `WebhookOutbox`, which needs no entity and no setting. */
  static forEmitting(): DynamicModule {
    return { module: WebhooksModule, providers: [WebhookOutbox], exports: [WebhookOutbox] };
  }

  /** Provides `WebhookEndpoints` and `WebhookDeliveries`. */
  static forManaging({ targets }: ManagingOptions): DynamicModule {
    const endpoints = {
      provide: WebhookEndpoints,
      inject: [Keyring, UnitOfWork, WebhookEndpointStore, WebhookDeliveryStore, WebhookOutbox, AuditLog],
      useFactory: (keyring: Keyring, ...parts: [UnitOfWork, WebhookEndpointStore, WebhookDeliveryStore, WebhookOutbox, AuditLog]) =>
        new WebhookEndpoints(...parts, new WebhookSecrets(keyring), new AllowedTargets(targets)),
    };
    return {
      module: WebhooksModule,
      imports: [AuditModule],
      providers: [...STORES, WebhookOutbox, endpoints, WebhookDeliveries],
      exports: [WebhookOutbox, WebhookEndpoints, WebhookDeliveries],
    };
  }

  /** Provides `WebhookDelivering`. */
  static forDelivering({ targets, guarded, ...sending }: DeliveringOptions): DynamicModule {
    const allowed = new AllowedTargets(targets);
    const sender = new WebhookSender(allowed, new TargetResolver(allowed, guarded), sending);
    const delivering = {
      provide: WebhookDelivering,
      inject: [Keyring, UnitOfWork, WebhookEndpointStore, WebhookDeliveryStore, JobQueue, AuditLog],
      useFactory: (keyring: Keyring, ...parts: [UnitOfWork, WebhookEndpointStore, WebhookDeliveryStore, JobQueue, AuditLog]) =>
        new WebhookDelivering(...parts, new WebhookSecrets(keyring), sender),
    };
    return { module: WebhooksModule, imports: [AuditModule], providers: [...STORES, delivering], exports: [WebhookDelivering] };
  }
}
