import type { LocalizedText } from '@app/contracts';

/** Why a stored document could not be read at all, and what its owner is told. Codes are a public contract: added, never renamed. */
export const READING_FAILURES = {
  'image-damaged': {
    'zh-CN': '图像已损坏或不完整,请重新扫描后上传',
    en: 'The image is damaged or cut off; scan it again and upload it anew',
  },
  'image-too-many-pixels': {
    'zh-CN': '图像像素数超过上限,请降低分辨率后上传',
    en: 'The image has more pixels than allowed; upload it at a lower resolution',
  },
  'unsupported-type': { 'zh-CN': '文件不是受支持的票据格式', en: 'The file is not a supported receipt format' },
  'document-unsafe': {
    'zh-CN': '文件含有不被接受的内容（如 DTD 声明）或结构过于庞大',
    en: 'The document has content that is not accepted, such as a DTD, or is far too large in structure',
  },
  'stored-bytes-changed': {
    'zh-CN': '存储的文件与上传内容不一致,请联系运维人员',
    en: 'The stored file differs from the upload; tell your operator',
  },
  'reading-failed': { 'zh-CN': '多次识别均未成功,请联系运维人员', en: 'Reading failed repeatedly; tell your operator' },
} as const satisfies Record<string, LocalizedText>;

/** Code of a reading that failed for good. */
export type ReadingFailure = keyof typeof READING_FAILURES;
