import { AsnConvert } from '@peculiar/asn1-schema';
import { Time } from '@peculiar/asn1-x509';

/** A UTCTime or GeneralizedTime, whichever of them a maker of seals took; null where the bytes are neither. */
export function readAsn1Time(der: ArrayBuffer | Uint8Array): Date | null {
  try {
    const time = AsnConvert.parse(der, Time).getTime();
    return Number.isNaN(time.getTime()) ? null : time;
  } catch {
    return null;
  }
}

const TIME_TEXT = /^(\d{4}|\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d+)?(?:(Z)|([+-]\d{2})(\d{2}))?$/u;

/** A time without a zone is China's, where the makers of seals are. */
const DEFAULT_ZONE = '+08:00';

/** The time that the seals of GM/T 0031 hold as bare text, and some as a whole ASN.1 value; null where it is neither. */
export function readSealTime(bytes: Uint8Array): Date | null {
  const found = TIME_TEXT.exec(Buffer.from(bytes).toString('latin1'));
  if (!found) return readAsn1Time(bytes);
  const [, year = '', month, day, hour, minute, second, utc, hours, minutes] = found;
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const zone = utc ?? (hours === undefined ? DEFAULT_ZONE : `${hours}:${minutes}`);
  const date = new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The time in Signature.xml, which is written in several ways. Null where it is none. */
export function readSignatureTime(text: string): Date | null {
  const digits = text.trim().replace(/^(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}):(\d{2}):(\d{2})/u, '$1$2$3$4$5$6');
  return readSealTime(Buffer.from(digits, 'latin1'));
}
