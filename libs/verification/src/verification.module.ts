import { ApprovalStore } from '@app/approvals';
import { AuditLog, AuditModule } from '@app/audit';
import type { ProviderId } from '@app/contracts';
import { UnitOfWork } from '@app/database';
import { Keyring } from '@app/keyring';
import { ProviderDialects } from '@app/providers';
import { JobQueue } from '@app/queue';
import { ConsentPolicyStore, ProcessingBases, ReceiptReadings } from '@app/receipts';
import { type DynamicModule, type InjectionToken, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import { BillVerifications } from './evidence/bill-verifications';
import { AttemptIntents } from './attempt-intents';
import { AttemptStore } from './attempt.store';
import { BillDayCount } from './bill-day-count.store';
import { ProviderChannelStore } from './channel/provider-channel.store';
import { ProviderChannels } from './channel/provider-channels';
import { ProviderStates } from './channel/provider-states';
import { CallPrices } from './charges/call-prices.store';
import { ChargeStore } from './charges/charge.store';
import { Charges } from './charges/charges.service';
import { CostReadModel } from './charges/cost.read-model';
import { SettlementStore } from './charges/settlement/settlement.store';
import { SettlementAct } from './charges/settlement/settlement.act';
import { Settlements } from './charges/settlement/settlements.service';
import { SettlementsByHand } from './charges/settlement/settlements-by-hand';
import { PastRequests } from './dry-run/past-requests.store';
import { PolicyDryRuns } from './dry-run/policy-dry-runs';
import { ElementsHasher } from './elements-hasher';
import { Allowance } from './policy/allowance';
import { DEFAULT_PROVIDER } from './policy/default-provider';
import { Policies } from './policy/policies.service';
import { PolicyChangeAct } from './policy/policy-change.act';
import { PolicyChanges } from './policy/policy-changes';
import { PolicyStore } from './policy/policy.store';
import { ProviderOpeningAct } from './register/provider-opening.act';
import { ProviderRegister } from './register/provider-register';
import { ProviderRegisterStore } from './register/provider-register.store';
import { DEFAULT_PROVIDER_RULES, type ProviderRules } from './request/provider-rules';
import { RequestGuards } from './request/request-guards';
import { VerificationRequests } from './request/verification-requests.service';
import { AttemptEnds } from './sending/attempt-ends.store';
import { AttemptOutcomes } from './sending/attempt-outcomes';
import { EgressClient } from './sending/egress-client';
import { VerificationSending } from './sending/verification-sending';
import { type SettlementListener, SettledVerifications } from './followers/settled-verifications';
import { VerificationSecrets } from './verification-secrets';
import { VerificationStore } from './verification.store';
import { Verifications } from './verifications.service';

/** What both processes must know. */
interface SharedOptions {
  /** Who is told, in its transaction, of every verification that came to its end: tokens of `SettlementListener`s that `imports` export. */
  listeners?: readonly InjectionToken<SettlementListener>[];
  imports: NonNullable<ModuleMetadata['imports']>;
}

/** What the process that takes requests must know. Its `imports` export `ReceiptReadings`. */
export interface RequestOptions extends SharedOptions {
  /** Key of the hashes by which bills are recognised. */
  hashKey: string;
  /** Asked when neither a request nor its tenant's policy names one. */
  defaultProvider: ProviderId;
  rules?: Readonly<Record<ProviderId, ProviderRules>>;
  /** Most that one person may settle by hand in a tenant and a day, in 毫; nobody settles alone without it. */
  settlementCeilingHao?: bigint;
}

/** What the process that sends must know. Its `imports` export `EgressClient`. */
export interface SendingOptions extends SharedOptions {
  /** How providers' replies are read; the documented ways when not given. */
  dialects?: ProviderDialects;
  /** Providers that are configured, the preferred first: a verification that may move on goes to the first other one. */
  failoverOrder?: readonly ProviderId[];
}

const DEFAULT_FAILOVER_ORDER: readonly ProviderId[] = ['netocr', 'jumdata'];
const STORES = [
  ...[VerificationSecrets, VerificationStore, AttemptStore, ChargeStore, SettlementStore, CallPrices, CostReadModel],
  ...[BillDayCount, PolicyStore, AttemptIntents],
];

/** Verification for the process that takes requests, and for the one that sends them. Expects DatabaseModule, QueueModule and KeyringModule. */
@Module({})
export class VerificationModule {
  static forRequests(options: RequestOptions): DynamicModule {
    return {
      module: VerificationModule,
      imports: [AuditModule, ...options.imports],
      providers: [
        ...STORES,
        ...shared(options),
        { provide: DEFAULT_PROVIDER, useValue: options.defaultProvider },
        guards(options),
        ConsentPolicyStore,
        ProcessingBases,
        requests(options),
        billVerifications(options),
        { provide: ProviderChannelStore, useFactory: () => new ProviderChannelStore() },
        Verifications,
        Charges,
        Settlements,
        ApprovalStore,
        settlementsByHand(options),
        SettlementAct,
        PolicyChanges,
        PastRequests,
        dryRuns(options),
        {
          provide: PolicyChangeAct,
          inject: [PolicyChanges, PolicyDryRuns],
          useFactory: (changes: PolicyChanges, runs: PolicyDryRuns) => new PolicyChangeAct(changes, runs),
        },
        Policies,
        ProviderStates,
        ProviderRegisterStore,
        ProviderRegister,
        ProviderOpeningAct,
      ],
      exports: [
        VerificationRequests,
        Verifications,
        Charges,
        Settlements,
        SettlementsByHand,
        Policies,
        ProviderStates,
        SettledVerifications,
        BillVerifications,
        SettlementAct,
        PolicyChangeAct,
        PolicyDryRuns,
        ProviderRegister,
        ProviderOpeningAct,
      ],
    };
  }

  static forSending(options: SendingOptions): DynamicModule {
    return {
      module: VerificationModule,
      imports: [AuditModule, ...options.imports],
      providers: [
        ...STORES,
        ...shared(options),
        { provide: AttemptEnds, inject: [Keyring], useFactory: (keyring: Keyring) => new AttemptEnds(keyring) },
        { provide: ProviderChannels, useFactory: () => new ProviderChannels() },
        { provide: ProviderDialects, useValue: options.dialects ?? new ProviderDialects() },
        outcomes(options),
        SENDING,
      ],
      exports: [VerificationSending, SettledVerifications],
    };
  }
}

function shared({ listeners = [] }: SharedOptions): Provider[] {
  return [
    { provide: Allowance, inject: [CallPrices], useFactory: (prices: CallPrices) => new Allowance(prices) },
    {
      provide: SettledVerifications,
      inject: [...listeners],
      useFactory: (...told: SettlementListener[]) => new SettledVerifications(told),
    },
  ];
}

function guards({ rules = DEFAULT_PROVIDER_RULES }: RequestOptions): Provider {
  return {
    provide: RequestGuards,
    inject: [VerificationStore, AttemptIntents, BillDayCount, Allowance],
    useFactory: (store: VerificationStore, intents: AttemptIntents, dayCount: BillDayCount, allowance: Allowance) =>
      new RequestGuards(store, intents, dayCount, allowance, rules),
  };
}

function settlementsByHand({ settlementCeilingHao: ceiling = 0n }: RequestOptions): Provider {
  return {
    provide: SettlementsByHand,
    inject: [UnitOfWork, Settlements, SettlementStore, PolicyStore, ApprovalStore],
    useFactory: (...parts: [UnitOfWork, Settlements, SettlementStore, PolicyStore, ApprovalStore]) =>
      new SettlementsByHand(...parts, ceiling),
  };
}

function dryRuns({ defaultProvider, rules = DEFAULT_PROVIDER_RULES, settlementCeilingHao }: RequestOptions): Provider {
  return {
    provide: PolicyDryRuns,
    inject: [UnitOfWork, PolicyStore, PastRequests, AuditLog],
    useFactory: (unitOfWork: UnitOfWork, policies: PolicyStore, past: PastRequests, audit: AuditLog) =>
      new PolicyDryRuns(unitOfWork, policies, past, audit, {
        defaultProvider,
        providerRules: rules,
        settlementCeilingHao: settlementCeilingHao ?? null,
      }),
  };
}

function requests({ hashKey, defaultProvider }: RequestOptions): Provider {
  return {
    provide: VerificationRequests,
    inject: [
      ...[UnitOfWork, VerificationStore, ReceiptReadings, PolicyStore, RequestGuards, AttemptIntents, SettledVerifications, AuditLog],
      ProcessingBases,
    ],
    useFactory: (...[unitOfWork, store, receipts, policies, guards, intents, settled, audit, bases]: RequestServices) =>
      new VerificationRequests({
        ...{ unitOfWork, store, receipts, policies, guards, intents, settled, audit, bases },
        hasher: new ElementsHasher(hashKey),
        defaultProvider,
      }),
  };
}

function billVerifications({ hashKey }: RequestOptions): Provider {
  return {
    provide: BillVerifications,
    inject: [UnitOfWork, VerificationStore, Verifications, { token: Keyring, optional: true }],
    useFactory: (unitOfWork: UnitOfWork, store: VerificationStore, verifications: Verifications, keyring: Keyring) =>
      new BillVerifications({ unitOfWork, store, verifications, keyring, hasher: new ElementsHasher(hashKey) }),
  };
}

type RequestServices = [
  ...[UnitOfWork, VerificationStore, ReceiptReadings, PolicyStore, RequestGuards, AttemptIntents, SettledVerifications, AuditLog],
  ProcessingBases,
];

function outcomes({ failoverOrder = DEFAULT_FAILOVER_ORDER }: SendingOptions): Provider {
  return {
    provide: AttemptOutcomes,
    inject: [
      ...[VerificationStore, AttemptStore, AttemptEnds, BillDayCount, AttemptIntents, PolicyStore],
      ...[Allowance, ProviderChannels, SettledVerifications, JobQueue, AuditLog],
    ],
    useFactory: (
      ...[verifications, attempts, ends, dayCount, intents, policies, allowance, channels, settled, jobs, audit]: OutcomeServices
    ) =>
      new AttemptOutcomes({
        ...{ verifications, attempts, ends, dayCount, intents, policies, allowance, channels, settled, jobs, audit },
        failoverOrder,
      }),
  };
}

type OutcomeServices = [
  ...[VerificationStore, AttemptStore, AttemptEnds, BillDayCount, AttemptIntents, PolicyStore],
  ...[Allowance, ProviderChannels, SettledVerifications, JobQueue, AuditLog],
];

const SENDING: Provider = {
  provide: VerificationSending,
  inject: [UnitOfWork, AttemptStore, AttemptOutcomes, ProviderChannels, EgressClient, ProviderDialects, VerificationSecrets],
  useFactory: (...parts: ConstructorParameters<typeof VerificationSending>) => new VerificationSending(...parts),
};
