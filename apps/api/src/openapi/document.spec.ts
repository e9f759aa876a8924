import { readFileSync } from 'node:fs';
import {
  ApiKeyList,
  ApiKeyRequest,
  ApiKeyRotation,
  ApiKeySecretView,
  ApprovalDecision,
  PolicyDryRunRequest,
  ProviderClosure,
  ProviderOpening,
  ApprovalView,
  ConsentPolicyRequest,
  ConsentPolicyView,
  VerificationPolicyChange,
  BatchErrorPage,
  BatchFromReceiptsRequest,
  BatchStartRequest,
  BatchView,
  CorrectionRequest,
  CorrectionView,
  PROBLEMS,
  Problem,
  ReceiptPage,
  ReceiptView,
  VerificationBatchPage,
  VerificationBatchView,
  VerificationRequest,
  VerificationView,
  ChargePage,
  BillDetailView,
  BillPage,
  BillExportRequest,
  BillOriginRequest,
  BillPayerQuery,
  BillSearchRequest,
  QuotasView,
  BookingRequest,
  BookingUndoRequest,
  WebhookDeliveryPage,
  WebhookDeliveryView,
  WebhookEndpointChange,
  WebhookEndpointList,
  WebhookEndpointRequest,
  WebhookEndpointSecretView,
  WebhookEndpointView,
  WebhookPayload,
  WebhookRotationRequest,
  ChargeSummary,
  SettlementRequest,
  SettlementView,
  ErasureProofPage,
  LegalHoldPage,
  LegalHoldRelease,
  LegalHoldRequest,
  KeyExportRequest,
  KeyPackage,
  RetentionPreview,
  RetentionRequest,
  RetentionView,
  SubjectErasureRequest,
  SubjectRequestClosing,
  SubjectRequestOrder,
  SubjectRequestPage,
  TenantErasureRequest,
  CodeBody,
  DepartmentChangeRequest,
  DepartmentList,
  DepartmentRequest,
  DirectorySignInBody,
  PasswordChangeBody,
  RecoveryCodes,
  ReproofBody,
  RolesRequest,
  ColleagueList,
  SessionList,
  SessionView,
  SignInBody,
  SignInPolicyRequest,
  SignInPolicyView,
  TotpEnrolment,
  UserChangeRequest,
  UserPage,
  UserPasswordView,
  UserRequest,
} from '@app/contracts';
import { z } from 'zod';
import { APPROVAL_EXAMPLES } from './approval-examples';
import { apiDocument } from './document';
import { documentFile, documentText } from './document-file';
import { API_KEY_EXAMPLES } from './api-key-paths';
import { BILL_EXAMPLES } from './bill-examples';
import { EXAMPLES } from './examples';
import { KEY_EXPORT_EXAMPLES } from './key-export-paths';
import { QUOTAS_EXAMPLE } from './quota-paths';
import { BASIS_EXAMPLES } from './basis-examples';
import { RETENTION_EXAMPLES } from './retention-examples';
import { SUBJECT_EXAMPLES } from './subject-examples';
import { IDENTITY_EXAMPLES } from './identity-examples';
import { BATCH_EXAMPLES } from './verification-batch-examples';
import { WEBHOOK_EXAMPLES } from './webhook-examples';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: { $ref?: string }; examples?: Record<string, { value: unknown }> }> }>;
  requestBody?: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
  security?: unknown[];
}

const document = apiDocument();
const operations = Object.values(document.paths).flatMap((item) => Object.values(item as Record<string, Operation>));

describe('the OpenAPI document', () => {
  it('stands in docs/api as it is served: run "npm run openapi" after a change', () => {
    expect(readFileSync(documentFile, 'utf8')).toBe(documentText());
  });

  it('refers to nothing that it does not hold', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect(refs.length).toBeGreaterThan(20);
    expect([...new Set(refs)].filter((name) => !(name in document.components!.schemas!))).toEqual([]);
  });

  it('gives examples that keep the contract', () => {
    ReceiptView.parse(EXAMPLES.receipt);
    ReceiptPage.parse(EXAMPLES.receipts);
    BatchView.parse(EXAMPLES.batch);
    CorrectionView.parse(EXAMPLES.correction);
    VerificationView.parse(EXAMPLES.verification);
    VerificationView.parse(EXAMPLES.shownVerification);
    ReceiptView.parse(EXAMPLES.shownReceipt);
    ConsentPolicyView.parse(BASIS_EXAMPLES.policy);
    ChargePage.parse(EXAMPLES.charges);
    BillPage.parse(BILL_EXAMPLES.page);
    QuotasView.parse(QUOTAS_EXAMPLE);
    BillDetailView.parse(BILL_EXAMPLES.detail);
    ChargeSummary.parse(EXAMPLES.chargeSummary);
    SettlementView.parse(EXAMPLES.settlement);
    const requests = operations.flatMap(({ requestBody }) => Object.values(requestBody?.content['application/json']?.examples ?? {}));
    const bodies = [
      VerificationRequest,
      CorrectionRequest,
      WebhookEndpointRequest,
      WebhookEndpointChange,
      WebhookRotationRequest,
      SettlementRequest,
      BatchStartRequest,
      BatchFromReceiptsRequest,
      BillSearchRequest,
      BillPayerQuery,
      BillExportRequest,
      BillOriginRequest,
      BookingRequest,
      BookingUndoRequest,
      ...[ApiKeyRequest, ApiKeyRotation],
      KeyExportRequest,
      RetentionRequest,
      LegalHoldRequest,
      LegalHoldRelease,
      ...[SubjectRequestOrder, SubjectErasureRequest, SubjectRequestClosing, TenantErasureRequest],
      ...[SignInBody, DirectorySignInBody, CodeBody, ReproofBody, PasswordChangeBody, UserRequest, UserChangeRequest, RolesRequest],
      ...[DepartmentRequest, DepartmentChangeRequest, SignInPolicyRequest],
      VerificationPolicyChange,
      ConsentPolicyRequest,
      ApprovalDecision,
      PolicyDryRunRequest,
      ProviderOpening,
      ProviderClosure,
    ] as const;
    for (const { value } of requests) z.union(bodies).parse(value);
    for (const view of [APPROVAL_EXAMPLES.approval, APPROVAL_EXAMPLES.decided]) ApprovalView.parse(view);
    expect(requests).toHaveLength(47);
    for (const view of [IDENTITY_EXAMPLES.session, IDENTITY_EXAMPLES.waiting]) SessionView.parse(view);
    SessionList.parse(IDENTITY_EXAMPLES.sessions);
    SignInPolicyView.parse(IDENTITY_EXAMPLES.signInPolicy);
    TotpEnrolment.parse(IDENTITY_EXAMPLES.enrolment);
    RecoveryCodes.parse(IDENTITY_EXAMPLES.recoveryCodes);
    UserPage.parse(IDENTITY_EXAMPLES.users);
    ColleagueList.parse(IDENTITY_EXAMPLES.colleagues);
    UserPasswordView.parse(IDENTITY_EXAMPLES.withPassword);
    DepartmentList.parse(IDENTITY_EXAMPLES.departments);
    WebhookPayload.parse(WEBHOOK_EXAMPLES.payload);
    WebhookEndpointView.parse(WEBHOOK_EXAMPLES.endpoint);
    WebhookEndpointSecretView.parse(WEBHOOK_EXAMPLES.withSecret);
    WebhookEndpointList.parse(WEBHOOK_EXAMPLES.endpoints);
    WebhookDeliveryView.parse(WEBHOOK_EXAMPLES.delivery);
    WebhookDeliveryPage.parse(WEBHOOK_EXAMPLES.deliveries);
    ApiKeySecretView.parse(API_KEY_EXAMPLES.withSecret);
    ApiKeyList.parse(API_KEY_EXAMPLES.list);
    for (const batch of [BATCH_EXAMPLES.draft, BATCH_EXAMPLES.running]) VerificationBatchView.parse(batch);
    VerificationBatchPage.parse(BATCH_EXAMPLES.page);
    BatchErrorPage.parse(BATCH_EXAMPLES.errors);
    KeyPackage.parse(KEY_EXPORT_EXAMPLES.file);
    RetentionView.parse(RETENTION_EXAMPLES.view);
    RetentionPreview.parse(RETENTION_EXAMPLES.preview);
    ErasureProofPage.parse(RETENTION_EXAMPLES.erasures);
    LegalHoldPage.parse(RETENTION_EXAMPLES.holds);
    SubjectRequestPage.parse(SUBJECT_EXAMPLES.page);
  });

  it('shows every problem of an operation under its status', () => {
    const shown = operations.flatMap(({ responses }) =>
      Object.entries(responses).flatMap(([status, response]) =>
        Object.entries(response.content?.['application/problem+json']?.examples ?? {}).map(([code, { value }]) => ({
          status,
          code,
          value,
        })),
      ),
    );
    for (const { status, code, value } of shown) {
      expect(Problem.parse(value)).toMatchObject({ code, status: Number(status) });
      expect(PROBLEMS[code as keyof typeof PROBLEMS].status).toBe(Number(status));
    }
    expect(shown.length).toBeGreaterThan(30);
  });

  it('asks for an API key or a session everywhere but for the probes, where a client credential opens, and to sign in', () => {
    expect(document.security).toEqual([{ apiKey: [] }, { session: [] }]);
    const open = Object.entries(document.paths).filter(([, item]) =>
      Object.values(item as Record<string, Operation>).some(({ security }) => security?.length === 0),
    );
    expect(open.map(([path]) => path)).toEqual([
      '/verapi/v2/verFinancial.do',
      '/invoice/validate/fiscal',
      '/v1/session',
      '/v1/sign-in/sources',
      '/v1/sign-in/oidc/{id}',
      '/v1/sign-in/oidc/{id}/callback',
      '/v1/sign-in/ldap/{id}',
      '/health/live',
      '/health/startup',
      '/health/ready',
    ]);
  });
});
