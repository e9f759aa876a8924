import { Random } from '@app/samples';

/** Where a canary sits while it is inside. None of them may come out, but a few kinds on the ways that are theirs: see `exitsOf`. */
export const CANARY_KINDS = [
  'payer',
  'payerCreditCode',
  'itemName',
  'otherInfo',
  'remark',
  'toldByProvider',
  'corrected',
  'asRead',
  'fileName',
  'exif',
  'pngText',
  'pdfMetadata',
  'pdfText',
  'ofdPart',
  'xmlField',
  'query',
  'badInput',
  'userAgent',
  'password',
  'login',
  'apiKey',
  'webhookSecret',
  'productSecret',
  'providerSecret',
  'providerCredential',
  'element',
] as const;
export type CanaryKind = (typeof CANARY_KINDS)[number];

/** A text that stands nowhere else in the world. */
export interface Canary {
  kind: CanaryKind;
  text: string;
  /** Whether it counts only where no letter or digit stands beside it: for what is short. */
  isWord: boolean;
}

/** Nothing that a reader of pixels takes for something else. */
const CLEAR = 'ACEFHKMNPRTUVWXY34679';
const NAMES = '明华建国文丽春梅海燕志强秀英云霞玉兰金凤永红';

/** Makes canaries, and keeps them. */
export class Canaries {
  readonly all: Canary[] = [];
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** A new one: Chinese characters, since these are what encodings change, and letters and digits. */
  mint(kind: CanaryKind): string {
    return this.keep(kind, this.random.text(2, NAMES) + this.random.text(8, CLEAR));
  }

  /** A new one of letters and digits alone, where nothing else is allowed. */
  mintPlain(kind: CanaryKind, length = 12): string {
    return this.keep(kind, this.random.text(length, CLEAR));
  }

  /** A check code: short, and no word and no hexadecimal number. */
  mintCheckCode(): string {
    return this.keep('element', `${this.random.text(2, 'GHKMNP')}${this.random.text(2, '3467')}${this.random.text(2, 'rtuvwx')}`);
  }

  /** What stands already, and is unique: a key, or what was read of a canary. */
  keep(kind: CanaryKind, text: string): string {
    this.all.push({ kind, text, isWord: kind === 'element' });
    return text;
  }
}
