import { ADMIN_TEXTS_ZH } from './admin-texts';
import { APPROVAL_TEXTS_ZH } from './approval-texts';
import { BATCH_TEXTS_ZH } from './batch-texts';
import { BILL_TEXTS_ZH } from './bill-texts';
import { CONSENT_TEXTS_ZH } from './consent-texts';
import { COST_TEXTS_ZH } from './cost-texts';
import { DRY_RUN_TEXTS_ZH } from './dry-run-texts';
import { ELEMENT_TEXTS_ZH } from './element-texts';
import { LEDGER_TEXTS_ZH } from './ledger-texts';
import { RECEIPT_TEXTS_ZH } from './receipt-texts';
import { RETENTION_TEXTS_ZH } from './retention-texts';
import { RULE_TEXTS_ZH } from './rule-texts';
import { SETTLEMENT_TEXTS_ZH } from './settlement-texts';
import { SHELL_TEXTS_ZH } from './shell-texts';
import { SIGN_IN_TEXTS_ZH } from './sign-in-texts';
import { SUBJECT_TEXTS_ZH } from './subject-texts';
import { VERIFICATION_TEXTS_ZH } from './verification-texts';

/** 简体中文: the first language; its keys are the keys of every other one. `{name}` is a placeholder. */
export const zhCN = {
  ...ADMIN_TEXTS_ZH,
  ...APPROVAL_TEXTS_ZH,
  ...BATCH_TEXTS_ZH,
  ...BILL_TEXTS_ZH,
  ...CONSENT_TEXTS_ZH,
  ...COST_TEXTS_ZH,
  ...DRY_RUN_TEXTS_ZH,
  ...ELEMENT_TEXTS_ZH,
  ...LEDGER_TEXTS_ZH,
  ...RECEIPT_TEXTS_ZH,
  ...RETENTION_TEXTS_ZH,
  ...RULE_TEXTS_ZH,
  ...SETTLEMENT_TEXTS_ZH,
  ...SHELL_TEXTS_ZH,
  ...SIGN_IN_TEXTS_ZH,
  ...SUBJECT_TEXTS_ZH,
  ...VERIFICATION_TEXTS_ZH,
} as const;
