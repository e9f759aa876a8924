import { AuditEntry, AuditModule, type AuditSigner, readSigner, SettingsRecord } from '@app/audit';
import { ApprovalsModule } from '@app/approvals';
import type { ApiConfig } from '@app/config';
import { DatabaseModule, UnitOfWork } from '@app/database';
import { IDENTITY_ENTITIES, IdentityModule, NO_SOURCES, readSignInFile } from '@app/identity';
import { Keyring, KeyringModule } from '@app/keyring';
import { EvidenceModule } from '@app/evidence';
import { HealthModule } from '@app/observability';
import { KeyExportAct, KeyExportModule } from '@app/key-export';
import { PrivacyModule, RetentionSetAct, SubjectEraseAct, TenantEraseAct } from '@app/privacy';
import { QueueModule } from '@app/queue';
import { ClamdScanner, Correction, NoScanner, Receipt, ReceiptBatch, ReceiptsModule, UnbookingAct, type UploadLimits } from '@app/receipts';
import { StorageModule } from '@app/storage';
import { ApiKey, ClientCredential, ClientCredentialsModule, TenancyModule } from '@app/tenancy';
import {
  Attempt,
  BatchRow,
  ChargeEntry,
  installationFacts,
  PolicyChangeAct,
  ProviderChannel,
  ProviderOpeningAct,
  SettlementAct,
  Verification,
  VERIFICATION_FOLLOWERS,
  VerificationBatch,
  VerificationBatchesModule,
  VerificationFollowersModule,
  VerificationModule,
  VerificationPolicy,
} from '@app/verification';
import { WebhookDelivery, WebhookEndpoint, WebhookEvent, WebhooksModule } from '@app/webhooks';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { AuditController } from './audit/audit.controller';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { ApprovalsController } from './approvals/approvals.controller';
import { AccessGuard } from './auth/access.guard';
import { ACCESS_SETTINGS, accessSettings } from './auth/access-settings';
import { ApiKeyAuthenticator } from './auth/api-key.authenticator';
import { AUTHENTICATORS, type Authenticator } from './auth/authenticator';
import { FlowCookie } from './auth/flow-cookie';
import { Refusals } from './auth/refusals';
import { ClientCertificates } from './auth/client-certificates';
import { ProofThrottle } from './auth/proof-throttle';
import { RequestRate } from './auth/request-rate';
import { SessionCookie } from './auth/session-cookie';
import { SessionAuthenticator } from './auth/session.authenticator';
import { ChargesController } from './charges/charges.controller';
import { SettlementsController } from './charges/settlements.controller';
import { CONSOLE_DIRECTORY, ConsoleController } from './console/console.controller';
import { DROP_IN_CONTROLLERS, dropInProviders } from './drop-in/drop-in.providers';
import { Accepted } from './http/accepted';
import { ResultNotices } from './http/result-notices';
import { ResultWait } from './http/result-wait';
import { DepartmentsController } from './identity/departments.controller';
import { IDENTITY_SETTINGS, identitySettingsOf } from './identity/identity-settings-of';
import { SessionHandover } from './identity/session-handover';
import { SessionController } from './identity/session.controller';
import { SessionsController } from './identity/sessions.controller';
import { SignInPolicyController } from './identity/sign-in-policy.controller';
import { SignInController } from './identity/sign-in.controller';
import { UsersController } from './identity/users.controller';
import { BillsController } from './ledger/bills.controller';
import { installationOf } from './policy/installation-of';
import { VerificationPolicyController } from './policy/verification-policy.controller';
import { ProviderRegisterController } from './providers/provider-register.controller';
import { ProvidersController } from './providers/providers.controller';
import { QuotasController } from './quotas/quotas.controller';
import { ReceiptsController } from './receipts/receipts.controller';
import { UPLOAD_LIMITS } from './receipts/upload-limits';
import { LegalHoldsController } from './retention/legal-holds.controller';
import { KeyExportsController } from './key-exports/key-exports.controller';
import { RetentionController } from './retention/retention.controller';
import { SubjectRequestsController } from './retention/subject-requests.controller';
import { TenantErasureController } from './retention/tenant-erasure.controller';
import { RulesController } from './rules/rules.controller';
import { VerificationBatchesController } from './verification-batches/verification-batches.controller';
import { VerificationsController } from './verifications/verifications.controller';
import { WebhooksController } from './webhooks/webhooks.controller';

const ENTITIES = [
  ApiKey,
  ClientCredential,
  AuditEntry,
  Receipt,
  ReceiptBatch,
  Correction,
  Verification,
  Attempt,
  ChargeEntry,
  VerificationPolicy,
  ProviderChannel,
  VerificationBatch,
  BatchRow,
  WebhookEndpoint,
  WebhookEvent,
  WebhookDelivery,
  ...IDENTITY_ENTITIES,
];

/** The controllers of version 1. */
export const CONTROLLERS = [
  ReceiptsController,
  VerificationsController,
  VerificationBatchesController,
  ChargesController,
  SettlementsController,
  VerificationPolicyController,
  ProvidersController,
  ProviderRegisterController,
  RulesController,
  WebhooksController,
  BillsController,
  AuditController,
  ApiKeysController,
  ApprovalsController,
  RetentionController,
  KeyExportsController,
  LegalHoldsController,
  SubjectRequestsController,
  TenantErasureController,
  QuotasController,
  SessionController,
  SignInController,
  SignInPolicyController,
  SessionsController,
  UsersController,
  DepartmentsController,
];

/** The api process: intake and questions. It infers nothing and reaches nothing outside but the providers and directories that vouch for people. */
@Module({})
export class ApiModule {
  static forRoot(config: ApiConfig): DynamicModule {
    const limits: UploadLimits = { maxBytes: config.PIAOYAN_UPLOAD_MAX_BYTES, maxPixels: config.PIAOYAN_UPLOAD_MAX_PIXELS };
    const consoleDirectory = config.PIAOYAN_CONSOLE_DIR;
    return {
      module: ApiModule,
      imports: [...platform(config), AuditModule, ...services(config, limits)],
      controllers: [...CONTROLLERS, ...DROP_IN_CONTROLLERS, ...(consoleDirectory === undefined ? [] : [ConsoleController])],
      providers: [
        ...[ApiKeyAuthenticator, ClientCertificates, ProofThrottle, Refusals, RequestRate, SessionAuthenticator],
        { provide: IDENTITY_SETTINGS, useValue: identitySettingsOf(config) },
        { provide: ACCESS_SETTINGS, useValue: accessSettings(config) },
        { provide: SessionCookie, useValue: new SessionCookie(config.PIAOYAN_SESSION_PLAIN_HTTP) },
        { provide: FlowCookie, useValue: new FlowCookie(config.PIAOYAN_SESSION_PLAIN_HTTP) },
        SessionHandover,
        {
          provide: SettingsRecord,
          inject: [UnitOfWork],
          useFactory: (unitOfWork: UnitOfWork) => new SettingsRecord(unitOfWork, 'api', installationFacts(installationOf(config)), 'api'),
        },
        { provide: AUTHENTICATORS, inject: [ApiKeyAuthenticator, SessionAuthenticator], useFactory: (...all: Authenticator[]) => all },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: UPLOAD_LIMITS, useValue: limits },
        Accepted,
        { provide: ResultNotices, useFactory: () => new ResultNotices(config.PIAOYAN_DATABASE_URL) },
        ResultWait,
        ...dropInProviders(config),
        ...consoleProviders(consoleDirectory),
      ],
    };
  }
}

function platform(config: ApiConfig): DynamicModule[] {
  const url = config.PIAOYAN_DATABASE_URL;
  return [
    DatabaseModule.forRoot({ url, applicationName: 'piaoyan-api', entities: ENTITIES }),
    KeyringModule.forRoot({ masterKey: config.PIAOYAN_MASTER_KEY, suite: config.PIAOYAN_CRYPTO_SUITE }),
    QueueModule.forProducer({ url }),
    StorageModule.forRoot({ directory: config.PIAOYAN_STORAGE_DIR }),
    HealthModule.forRoot({
      inject: [DataSource, Keyring],
      useFactory: (dataSource: DataSource, keyring: Keyring) => ({
        ready: [
          { name: 'database', check: () => dataSource.query('select 1') },
          { name: 'masterKeys', check: () => keyring.check() },
        ],
      }),
    }),
  ];
}

function services(config: ApiConfig, limits: UploadLimits): DynamicModule[] {
  const hashKey = config.PIAOYAN_HASH_KEY;
  const clamd = config.PIAOYAN_CLAMD_URL;
  const receipts = ReceiptsModule.forIntake(limits, clamd === null ? new NoScanner() : new ClamdScanner(clamd));
  const { defaultProvider, providerRules: rules, settlementCeilingHao } = installationOf(config);
  const verification = VerificationModule.forRequests({
    ...{ hashKey, defaultProvider, rules, ...(settlementCeilingHao !== null && { settlementCeilingHao }) },
    listeners: VERIFICATION_FOLLOWERS,
    imports: [receipts, VerificationFollowersModule],
  });
  const batches = VerificationBatchesModule.forRequests({
    ...{ hashKey, defaultProvider },
    maxRows: config.PIAOYAN_BATCH_MAX_ROWS,
    imports: [receipts],
  });
  const privacy = PrivacyModule.forManaging({ signer: signerOf(config), imports: [receipts] });
  const keyExport: DynamicModule = { module: KeyExportModule };
  const approvals = ApprovalsModule.forRoot({
    days: config.PIAOYAN_APPROVAL_DAYS,
    acts: [
      ...[PolicyChangeAct, ProviderOpeningAct, SettlementAct, UnbookingAct, RetentionSetAct],
      ...[TenantEraseAct, SubjectEraseAct, KeyExportAct],
    ],
    imports: [receipts, verification, privacy, keyExport],
  });
  const webhooks = WebhooksModule.forManaging({ targets: config.PIAOYAN_WEBHOOK_TARGETS });
  const clients = ClientCredentialsModule.forRoot({ hashKey });
  const signInFile = config.PIAOYAN_SIGN_IN_FILE;
  const sources = signInFile === undefined ? NO_SOURCES : readSignInFile(signInFile);
  const passwordListFile = config.PIAOYAN_PASSWORD_LIST;
  const identity = IdentityModule.forRoot({ hashKey, settings: identitySettingsOf(config), sources, passwordListFile });
  const apiKeys = { maxDays: config.PIAOYAN_API_KEY_MAX_DAYS, signatureWindowSeconds: config.PIAOYAN_SIGNATURE_WINDOW_SECONDS };
  const evidence = EvidenceModule.forRoot({ signer: signerOf(config), imports: [receipts, verification] });
  const tenancy = TenancyModule.forRoot({ hashKey, apiKeys });
  return [evidence, tenancy, identity, clients, receipts, verification, batches, webhooks, privacy, keyExport, approvals];
}

function signerOf({ PIAOYAN_EVIDENCE_SIGNING_KEY: pem }: ApiConfig): AuditSigner | null {
  return pem === undefined ? null : readSigner(pem);
}

function consoleProviders(directory: string | undefined): Provider[] {
  return directory === undefined ? [] : [{ provide: CONSOLE_DIRECTORY, useValue: resolve(directory) }];
}
