import * as contracts from '@app/contracts';
import { z } from 'zod';

const NAMED = {
  Elements: contracts.Elements,
  ReceiptView: contracts.ReceiptView,
  ReceiptSummary: contracts.ReceiptSummary,
  ReceiptPage: contracts.ReceiptPage,
  BatchView: contracts.BatchView,
  CorrectionRequest: contracts.CorrectionRequest,
  CorrectionView: contracts.CorrectionView,
  FieldCorrection: contracts.FieldCorrection,
  ProblemBrief: contracts.ProblemBrief,
  Reading: contracts.Reading,
  BillReading: contracts.BillReading,
  FieldReading: contracts.FieldReading,
  CharacterDoubt: contracts.CharacterDoubt,
  VerificationRequest: contracts.VerificationRequest,
  VerificationView: contracts.VerificationView,
  AttemptView: contracts.AttemptView,
  Refusal: contracts.Refusal,
  Evidence: contracts.Evidence,
  ElementWarning: contracts.ElementWarning,
  VerificationPolicyView: contracts.VerificationPolicyView,
  VerificationPolicyChange: contracts.VerificationPolicyChange,
  ProviderView: contracts.ProviderView,
  ProviderList: contracts.ProviderList,
  ProviderFace: contracts.ProviderFace,
  FaceItem: contracts.FaceItem,
  ChargeView: contracts.ChargeView,
  ChargePage: contracts.ChargePage,
  BillView: contracts.BillView,
  BillPage: contracts.BillPage,
  BillDetailView: contracts.BillDetailView,
  BillReceiptView: contracts.BillReceiptView,
  BookingView: contracts.BookingView,
  BookingActView: contracts.BookingActView,
  BillPayerQuery: contracts.BillPayerQuery,
  BookingRequest: contracts.BookingRequest,
  BookingUndoRequest: contracts.BookingUndoRequest,
  AuditEntryView: contracts.AuditEntryView,
  AuditPage: contracts.AuditPage,
  AuditForwardingView: contracts.AuditForwardingView,
  ApprovalView: contracts.ApprovalView,
  ApprovalPage: contracts.ApprovalPage,
  ApprovalDecision: contracts.ApprovalDecision,
  ActChange: contracts.ActChange,
  WebhookPayload: contracts.WebhookPayload,
  WebhookEndpointRequest: contracts.WebhookEndpointRequest,
  WebhookEndpointChange: contracts.WebhookEndpointChange,
  WebhookRotationRequest: contracts.WebhookRotationRequest,
  WebhookEndpointView: contracts.WebhookEndpointView,
  WebhookEndpointSecretView: contracts.WebhookEndpointSecretView,
  WebhookEndpointList: contracts.WebhookEndpointList,
  WebhookDeliveryView: contracts.WebhookDeliveryView,
  WebhookDeliveryPage: contracts.WebhookDeliveryPage,
  WebhookRedriveView: contracts.WebhookRedriveView,
  VerificationBatchView: contracts.VerificationBatchView,
  VerificationBatchSummary: contracts.VerificationBatchSummary,
  VerificationBatchPage: contracts.VerificationBatchPage,
  BatchEstimate: contracts.BatchEstimate,
  BatchProgress: contracts.BatchProgress,
  BatchRowError: contracts.BatchRowError,
  BatchErrorPage: contracts.BatchErrorPage,
  BatchStartRequest: contracts.BatchStartRequest,
  BatchFromReceiptsRequest: contracts.BatchFromReceiptsRequest,
  ChargeSums: contracts.ChargeSums,
  ChargeSummary: contracts.ChargeSummary,
  SettlementRequest: contracts.SettlementRequest,
  SettlementView: contracts.SettlementView,
  ApiKeyRequest: contracts.ApiKeyRequest,
  ApiKeyRotation: contracts.ApiKeyRotation,
  ApiKeyView: contracts.ApiKeyView,
  ApiKeySecretView: contracts.ApiKeySecretView,
  ApiKeyList: contracts.ApiKeyList,
  SignInBody: contracts.SignInBody,
  SignInSourceList: contracts.SignInSourceList,
  DirectorySignInBody: contracts.DirectorySignInBody,
  CodeBody: contracts.CodeBody,
  ReproofBody: contracts.ReproofBody,
  PasswordChangeBody: contracts.PasswordChangeBody,
  SessionView: contracts.SessionView,
  SessionSummary: contracts.SessionSummary,
  SessionList: contracts.SessionList,
  TotpEnrolment: contracts.TotpEnrolment,
  RecoveryCodes: contracts.RecoveryCodes,
  UserView: contracts.UserView,
  UserPage: contracts.UserPage,
  UserPasswordView: contracts.UserPasswordView,
  UserRequest: contracts.UserRequest,
  UserChangeRequest: contracts.UserChangeRequest,
  RolesRequest: contracts.RolesRequest,
  SessionsEnded: contracts.SessionsEnded,
  DepartmentView: contracts.DepartmentView,
  DepartmentList: contracts.DepartmentList,
  DepartmentRequest: contracts.DepartmentRequest,
  DepartmentChangeRequest: contracts.DepartmentChangeRequest,
  LocalizedText: contracts.LocalizedText,
  Problem: contracts.Problem,
} as const;

/** Name of a schema in the OpenAPI document. */
export type SchemaName = keyof typeof NAMED;

/** The contracts as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is; schemas refer to each other by name. */
export function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of Object.entries(NAMED)) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'input' });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutKeys(schema, ['$schema', '$id'])]));
}

/** A reference to a named schema. */
export function schemaRef(name: SchemaName): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function withoutKeys(schema: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}
