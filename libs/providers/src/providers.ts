import type { ProviderId } from '@app/contracts';
import { CodeTable } from './code-table';
import type { CodeEntry, ProviderDialect } from './dialect';
import type { GenericCredentials } from './generic/credentials';
import type { GenericDescription } from './generic/description';
import { genericDialect } from './generic/dialect';
import { JUMDATA_CODES } from './jumdata/codes';
import { JumdataCredentials } from './jumdata/credentials';
import { decodeJumdataReply } from './jumdata/reply';
import { encodeJumdataRequest } from './jumdata/request';
import { NETOCR_KNOWN_CODES } from './netocr/codes';
import { NetocrCredentials } from './netocr/credentials';
import { decodeNetocrReply } from './netocr/reply';
import { encodeNetocrRequest } from './netocr/request';

/** Credentials by provider. */
export interface ProviderCredentials {
  netocr: NetocrCredentials;
  jumdata: JumdataCredentials;
  generic: GenericCredentials;
}

/** What an installation's configuration says of a provider. */
export interface ProviderSettings {
  /** Its documented codes and the added ones. */
  codes: CodeTable;
  description: GenericDescription | undefined;
}

/** A provider as the product knows it. */
export interface Provider<Credentials> {
  /** Its documented codes, to which configuration may add; null where the description brings all codes. */
  readonly codes: Readonly<Record<string, CodeEntry>> | null;
  dialect(settings: ProviderSettings): ProviderDialect<Credentials>;
}

/** The providers. A new one is a folder beside these and an entry here; everything else is asked of the entry. */
export const PROVIDERS: { readonly [P in ProviderId]: Provider<ProviderCredentials[P]> } = {
  netocr: {
    codes: NETOCR_KNOWN_CODES,
    dialect: ({ codes }) => ({
      id: 'netocr',
      credentials: NetocrCredentials,
      encodeRequest: encodeNetocrRequest,
      decodeReply: (reply) => decodeNetocrReply(reply, codes),
    }),
  },
  jumdata: {
    codes: JUMDATA_CODES,
    dialect: ({ codes }) => ({
      id: 'jumdata',
      credentials: JumdataCredentials,
      encodeRequest: encodeJumdataRequest,
      decodeReply: (reply) => decodeJumdataReply(reply, codes),
    }),
  },
  generic: { codes: null, dialect: ({ description }) => genericDialect(description) },
};
