import { ADMIN_TEXTS_EN } from './admin-texts';
import { APPROVAL_TEXTS_EN } from './approval-texts';
import { BATCH_TEXTS_EN } from './batch-texts';
import { BILL_TEXTS_EN } from './bill-texts';
import { CONSENT_TEXTS_EN } from './consent-texts';
import { COST_TEXTS_EN } from './cost-texts';
import { DRY_RUN_TEXTS_EN } from './dry-run-texts';
import { ELEMENT_TEXTS_EN } from './element-texts';
import { LEDGER_TEXTS_EN } from './ledger-texts';
import type { Messages } from './messages';
import { RECEIPT_TEXTS_EN } from './receipt-texts';
import { RETENTION_TEXTS_EN } from './retention-texts';
import { RULE_TEXTS_EN } from './rule-texts';
import { SETTLEMENT_TEXTS_EN } from './settlement-texts';
import { SHELL_TEXTS_EN } from './shell-texts';
import { SIGN_IN_TEXTS_EN } from './sign-in-texts';
import { SUBJECT_TEXTS_EN } from './subject-texts';
import { VERIFICATION_TEXTS_EN } from './verification-texts';

/** English: the second language; the type makes a missing or a foreign key an error. */
export const en: Messages = {
  ...ADMIN_TEXTS_EN,
  ...APPROVAL_TEXTS_EN,
  ...BATCH_TEXTS_EN,
  ...BILL_TEXTS_EN,
  ...CONSENT_TEXTS_EN,
  ...COST_TEXTS_EN,
  ...DRY_RUN_TEXTS_EN,
  ...ELEMENT_TEXTS_EN,
  ...LEDGER_TEXTS_EN,
  ...RECEIPT_TEXTS_EN,
  ...RETENTION_TEXTS_EN,
  ...RULE_TEXTS_EN,
  ...SETTLEMENT_TEXTS_EN,
  ...SHELL_TEXTS_EN,
  ...SIGN_IN_TEXTS_EN,
  ...SUBJECT_TEXTS_EN,
  ...VERIFICATION_TEXTS_EN,
};
