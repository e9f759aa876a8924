import { type PlacedColumn, type SealedColumn, textOf } from '@app/keyring';
import { basisPlace } from '../basis/processing-bases';
import { checkCodePlace, itemPlace } from '../ledger/bill-secrets';
import { readingPlace } from '../receipt.store';
import { correctionPlace } from '../review/correction.store';
import { fileNamePlace } from './file-name';
import { originalKeyPlace } from './original-keys';

/** Secrets of objects: shown to nobody. */
export const OBJECT_KEY_COLUMNS: readonly PlacedColumn[] = [
  { name: 'receipt.original_key_sealed', place: (row) => originalKeyPlace(textOf(row, 'id')) },
];

/** The sealed columns of receipts and the ledger but the keys of originals: these are exported in clear themselves. */
export const RECEIPT_COLUMNS: readonly SealedColumn[] = [
  { name: 'receipt.file_name_sealed', form: 'text', place: (row) => fileNamePlace(textOf(row, 'id')) },
  { name: 'receipt.reading_sealed', form: 'json', place: (row) => readingPlace(textOf(row, 'id')) },
  {
    name: 'receipt_correction.fields_sealed',
    form: 'json',
    place: (row) => {
      const [billNumber, version] = [Number(textOf(row, 'bill_number')), Number(textOf(row, 'version'))];
      return correctionPlace({ receiptId: textOf(row, 'receipt_id'), billNumber, version });
    },
  },
  {
    name: 'processing_basis.basis_sealed',
    form: 'json',
    place: (row) => basisPlace({ targetType: textOf(row, 'target_type'), targetId: textOf(row, 'target_id') }),
  },
  { name: 'bill.check_code_sealed', form: 'text', place: (row) => checkCodePlace(textOf(row, 'id')) },
  { name: 'bill_item.text_sealed', form: 'text', place: (row) => itemPlace(textOf(row, 'term')) },
];
