import { type PlacedColumn, type SealedColumn, textOf } from '@app/keyring';
import { messagePlace, replyKeyPlace } from './attempt-secrets';
import { rowPlace } from './batch/batch-row.store';
import { batchNamePlace } from './batch/verification-batch.store';
import { providerReplyPlace } from './sending/attempt-ends.store';
import { askedPlace, facePlace } from './verification-secrets';

/** The sealed columns of verifications and batches. */
export const VERIFICATION_COLUMNS: readonly SealedColumn[] = [
  { name: 'verification.asked_sealed', form: 'json', place: (row) => askedPlace(textOf(row, 'id')) },
  { name: 'verification.face_sealed', form: 'json', place: (row) => facePlace(textOf(row, 'id')) },
  { name: 'attempt.provider_message_sealed', form: 'text', place: (row) => messagePlace(textOf(row, 'id')) },
  { name: 'provider_reply.body_sealed', form: 'bytes', place: (row) => providerReplyPlace(textOf(row, 'attempt_id')) },
  { name: 'verification_batch.file_name_sealed', form: 'text', place: (row) => batchNamePlace(textOf(row, 'id')) },
  {
    name: 'verification_batch_row.content_sealed',
    form: 'json',
    place: (row) => rowPlace({ batchId: textOf(row, 'batch_id'), number: Number(textOf(row, 'number')) }),
  },
];

/** Keys of replies that are on their way: shown to nobody. */
export const REPLY_KEY_COLUMNS: readonly PlacedColumn[] = [
  { name: 'attempt.reply_key_sealed', place: (row) => replyKeyPlace(textOf(row, 'id')) },
];
