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
  'webhook.create',
  'webhook.update',
  'webhook.rotate',
  'webhook.remove',
  'webhook.test',
  'webhook.disable',
  'webhook.deliver',
  'webhook.dead',
  'webhook.redrive',
  'verificationPolicy.set',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
