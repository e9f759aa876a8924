import type { ProviderId } from '@app/contracts';
import type { ProviderCredentials } from './credentials';
import type { ProviderDialect } from './dialect';
import { decodeJumdataReply } from './jumdata/reply';
import { encodeJumdataRequest } from './jumdata/request';
import { decodeNetocrReply } from './netocr/reply';
import { encodeNetocrRequest } from './netocr/request';

const DIALECTS: { readonly [P in ProviderId]: ProviderDialect<ProviderCredentials[P]> } = {
  netocr: { id: 'netocr', encodeRequest: encodeNetocrRequest, decodeReply: decodeNetocrReply },
  jumdata: { id: 'jumdata', encodeRequest: encodeJumdataRequest, decodeReply: decodeJumdataReply },
};

/** The dialect of a provider. */
export function dialectOf<P extends ProviderId>(provider: P): ProviderDialect<ProviderCredentials[P]> {
  return DIALECTS[provider];
}
