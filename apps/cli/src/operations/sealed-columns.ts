import { IDENTITY_COLUMNS } from '@app/identity';
import type { PlacedColumn } from '@app/keyring';
import { SUBJECT_REQUEST_COLUMNS } from '@app/privacy';
import { OBJECT_KEY_COLUMNS, RECEIPT_COLUMNS } from '@app/receipts';
import { CLIENT_CREDENTIAL_COLUMNS } from '@app/tenancy';
import { REPLY_KEY_COLUMNS, VERIFICATION_COLUMNS } from '@app/verification';
import { WEBHOOK_COLUMNS } from '@app/webhooks';

/** Every sealed column of the database, as the rooms that seal them list them. A test compares it with the database. */
export const SEALED_COLUMNS: readonly PlacedColumn[] = [
  ...OBJECT_KEY_COLUMNS,
  ...RECEIPT_COLUMNS,
  ...REPLY_KEY_COLUMNS,
  ...VERIFICATION_COLUMNS,
  ...WEBHOOK_COLUMNS,
  ...CLIENT_CREDENTIAL_COLUMNS,
  ...IDENTITY_COLUMNS,
  ...SUBJECT_REQUEST_COLUMNS,
];
