import { CreateTenancy1795305600000 } from './1795305600000-create-tenancy';
import { CreateAudit1795305660000 } from './1795305660000-create-audit';
import { CreateReceipts1795305720000 } from './1795305720000-create-receipts';
import { CreateVerifications1795305780000 } from './1795305780000-create-verifications';
import { CreateBillDayCount1795305840000 } from './1795305840000-create-bill-day-count';
import { AddPagePictures1795305900000 } from './1795305900000-add-page-pictures';
import { AddReceiptBatches1795305960000 } from './1795305960000-add-receipt-batches';
import { CreateReceiptCorrections1795306020000 } from './1795306020000-create-receipt-corrections';
import { KeepProviderReplies1795306080000 } from './1795306080000-keep-provider-replies';
import { CreateBillLedger1795306140000 } from './1795306140000-create-bill-ledger';
import { CreateWebhooks1795306200000 } from './1795306200000-create-webhooks';
import { CreateClientCredentials1795306260000 } from './1795306260000-create-client-credentials';
import { AddVerificationPolicy1795306320000 } from './1795306320000-add-verification-policy';
import { CreateProviderChannels1795306330000 } from './1795306330000-create-provider-channels';
import { CreateVerificationBatches1795306380000 } from './1795306380000-create-verification-batches';
import { SettleCharges1795306440000 } from './1795306440000-settle-charges';
import { TellOfResults1795306500000 } from './1795306500000-tell-of-results';
import { CreateDataKeys1795306560000 } from './1795306560000-create-data-keys';
import { SealPersonalData1795306620000 } from './1795306620000-seal-personal-data';
import { SealAudit1795306680000 } from './1795306680000-seal-audit';
import { TellMoreInAudit1795306740000 } from './1795306740000-tell-more-in-audit';
import { CreateAuditForwarding1795306750000 } from './1795306750000-create-audit-forwarding';
import { LetEvidenceHoldReplies1795306760000 } from './1795306760000-let-evidence-hold-replies';
import { CreateIdentity1795306800000 } from './1795306800000-create-identity';
import { RotateAndSignWithApiKeys1795306860000 } from './1795306860000-rotate-and-sign-with-api-keys';
import { CreateApprovals1795306920000 } from './1795306920000-create-approvals';
import { VersionVerificationPolicy1795306930000 } from './1795306930000-version-verification-policy';
import { CreateRetention1795306980000 } from './1795306980000-create-retention';
import { CreateErasureCertificates1795306990000 } from './1795306990000-create-erasure-certificates';
import { SealRepliesOfEgress1795307040000 } from './1795307040000-seal-replies-of-egress';
import { NoteAnchors1795307140000 } from './1795307140000-note-anchors';
import { RemoveOldAudit1795307150000 } from './1795307150000-remove-old-audit';
import { AuditTheInstallation1795307160000 } from './1795307160000-audit-the-installation';
import { AddSignInPolicy1795307240000 } from './1795307240000-add-sign-in-policy';
import { LetSignInsBeSwept1795307250000 } from './1795307250000-let-sign-ins-be-swept';
import { DropApiKeyByHash1795307340000 } from './1795307340000-drop-api-key-by-hash';
import { CreateKeyExports1795307350000 } from './1795307350000-create-key-exports';
import { CreateSubjectRequests1795307440000 } from './1795307440000-create-subject-requests';
import { LetLeftoversBeSwept1795307450000 } from './1795307450000-let-leftovers-be-swept';
import { OpenReviews1795307540000 } from './1795307540000-open-reviews';
import { CreateQuotas1795307550000 } from './1795307550000-create-quotas';
import { CheckOriginals1795307560000 } from './1795307560000-check-originals';
import { TellWhereOriginalsAre1795307570000 } from './1795307570000-tell-where-originals-are';
import { LimitSettlementByRule1795307640000 } from './1795307640000-limit-settlement-by-rule';
import { KeepDryRuns1795307650000 } from './1795307650000-keep-dry-runs';
import { TellRulesOfVerification1795307660000 } from './1795307660000-tell-rules-of-verification';
import { CreateProviderRegister1795307670000 } from './1795307670000-create-provider-register';
import { KeyRequestHashes1795307740000 } from './1795307740000-key-request-hashes';
import { FlagOriginalsWhenOpened1795307750000 } from './1795307750000-flag-originals-when-opened';
import { KeepProcessingBases1795307760000 } from './1795307760000-keep-processing-bases';
import { PinPathsOfFunctions1795308040000 } from './1795308040000-pin-paths-of-functions';
import { CountWhatIsStored1795308050000 } from './1795308050000-count-what-is-stored';
import { KeepConsentPolicies1795308140000 } from './1795308140000-keep-consent-policies';
import { RememberWhereSweepsStand1795308190000 } from './1795308190000-remember-where-sweeps-stand';
import { LetKeyExportsExpire1795308200000 } from './1795308200000-let-key-exports-expire';
import { CountCallsOnTheirDay1795308240000 } from './1795308240000-count-calls-on-their-day';
import type { ForwardMigration } from './forward-migration';

/** Every migration, oldest first. A new one is added at the end, and is never edited once released. */
export const MIGRATIONS: readonly (new () => ForwardMigration)[] = [
  CreateTenancy1795305600000,
  CreateAudit1795305660000,
  CreateReceipts1795305720000,
  CreateVerifications1795305780000,
  CreateBillDayCount1795305840000,
  AddPagePictures1795305900000,
  AddReceiptBatches1795305960000,
  CreateReceiptCorrections1795306020000,
  KeepProviderReplies1795306080000,
  CreateBillLedger1795306140000,
  CreateWebhooks1795306200000,
  CreateClientCredentials1795306260000,
  AddVerificationPolicy1795306320000,
  CreateProviderChannels1795306330000,
  CreateVerificationBatches1795306380000,
  SettleCharges1795306440000,
  TellOfResults1795306500000,
  CreateDataKeys1795306560000,
  SealPersonalData1795306620000,
  SealAudit1795306680000,
  TellMoreInAudit1795306740000,
  CreateAuditForwarding1795306750000,
  LetEvidenceHoldReplies1795306760000,
  CreateIdentity1795306800000,
  RotateAndSignWithApiKeys1795306860000,
  CreateApprovals1795306920000,
  VersionVerificationPolicy1795306930000,
  CreateRetention1795306980000,
  CreateErasureCertificates1795306990000,
  SealRepliesOfEgress1795307040000,
  NoteAnchors1795307140000,
  RemoveOldAudit1795307150000,
  AuditTheInstallation1795307160000,
  AddSignInPolicy1795307240000,
  LetSignInsBeSwept1795307250000,
  DropApiKeyByHash1795307340000,
  CreateKeyExports1795307350000,
  CreateSubjectRequests1795307440000,
  LetLeftoversBeSwept1795307450000,
  OpenReviews1795307540000,
  CreateQuotas1795307550000,
  CheckOriginals1795307560000,
  TellWhereOriginalsAre1795307570000,
  LimitSettlementByRule1795307640000,
  KeepDryRuns1795307650000,
  TellRulesOfVerification1795307660000,
  CreateProviderRegister1795307670000,
  KeyRequestHashes1795307740000,
  FlagOriginalsWhenOpened1795307750000,
  KeepProcessingBases1795307760000,
  PinPathsOfFunctions1795308040000,
  CountWhatIsStored1795308050000,
  KeepConsentPolicies1795308140000,
  RememberWhereSweepsStand1795308190000,
  LetKeyExportsExpire1795308200000,
  CountCallsOnTheirDay1795308240000,
];
