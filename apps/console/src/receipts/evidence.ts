import type { FieldReading } from '@app/contracts';
import type { I18n } from '../i18n/i18n-context';
import type { MessageKey } from '../i18n/messages';

const NAMES: Readonly<Record<string, MessageKey>> = {
  xml: 'source.xml',
  text: 'source.text',
  qr: 'source.qr',
  ocr: 'source.ocr',
  manual: 'source.manual',
  amountWords: 'evidence.amountWords',
  rowSum: 'evidence.rowSum',
  codeYear: 'evidence.codeYear',
  codeRegion: 'evidence.codeRegion',
  codeClass: 'evidence.codeClass',
  qrRegion: 'evidence.qrRegion',
  tagRegion: 'evidence.tagRegion',
  titleLexicon: 'evidence.titleLexicon',
  seal: 'evidence.seal',
  creditCode: 'evidence.creditCode',
};

/** Names of sources and checks in the chosen language; one that is new to the console stands as the API names it. */
export function evidenceNames({ t, language }: I18n, codes: readonly string[]): string {
  const names = codes.map((code) => {
    const key = NAMES[code];
    return key ? t(key as 'source.xml') : code;
  });
  return names.join(language === 'en' ? ', ' : '、');
}

/** Confidence as a percentage that never rounds up to certainty: 0.9996 is 99.9%, only 1 is 100%. */
export function confidenceText({ confidence }: FieldReading): string {
  return `${(Math.floor(confidence * 1000) / 10).toFixed(1)}%`;
}
