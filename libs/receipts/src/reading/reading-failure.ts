import type { LocalizedText } from '@app/contracts';

/** Why a stored document could not be read at all, and what its owner is told. Codes are a public contract: added, never renamed. */
export const READING_FAILURES = {
  'stored-bytes-changed': {
    'zh-CN': '存储的文件与上传内容不一致,请联系运维人员',
    en: 'The stored file differs from the upload; tell your operator',
  },
  'reading-failed': { 'zh-CN': '多次识别均未成功,请联系运维人员', en: 'Reading failed repeatedly; tell your operator' },
} as const satisfies Record<string, LocalizedText>;

/** Code of a reading that failed for good. */
export type ReadingFailure = keyof typeof READING_FAILURES;
