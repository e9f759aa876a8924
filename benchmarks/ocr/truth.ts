import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What is really printed on one receipt of a data folder; other keys of its truth.json are not used here. */
export const ReceiptTruth = z.object({
  file: z.string(),
  mode: z.string(),
  code: z.string(),
  number: z.string(),
  checkCode: z.string(),
  issueDate: z.iso.date(),
  amount: z.string(),
  amountCN: z.string(),
  payer: z.string(),
  payee: z.string(),
  items: z.array(z.object({ name: z.string(), amount: z.string() })),
});
export type ReceiptTruth = z.infer<typeof ReceiptTruth>;

/** The receipts of a data folder: its truth.json is a list with one entry a file. */
export function readTruth(dataDir: string): ReceiptTruth[] {
  return z.array(ReceiptTruth).parse(JSON.parse(readFileSync(join(dataDir, 'truth.json'), 'utf8')));
}
