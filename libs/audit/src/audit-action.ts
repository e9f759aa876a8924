/** Everything the audit can record, declared once. A name is never reused for another meaning. */
export const AUDIT_ACTIONS = [
  'receipt.upload',
  'receipt.batch',
  'receipt.read',
  'receipt.fail',
  'receipt.correct',
  'receipt.image.view',
  'verification.request',
  'verification.intend',
  'verification.outcome',
  'verification.postpone',
  'verification.refuse',
  'tenant.create',
  'apiKey.create',
  'batch.create',
  'batch.start',
  'batch.pause',
  'batch.resume',
  'batch.cancel',
  'batch.finish',
  'batch.export',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
