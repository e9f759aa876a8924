import { ProviderId } from '@app/contracts';
import { CodeTable } from './code-table';
import type { ProviderDialect } from './dialect';
import type { GenericDescription } from './generic/description';
import type { ProviderCodes } from './provider-codes';
import { PROVIDERS, type ProviderCredentials } from './providers';

/** What an installation's files say; all of it may be missing. */
export interface ProviderConfiguration {
  codes?: ProviderCodes | undefined;
  generic?: GenericDescription | undefined;
}

type Dialects = { readonly [P in ProviderId]: ProviderDialect<ProviderCredentials[P]> };

/** The dialects of an installation, made once at the start. */
export class ProviderDialects {
  private readonly dialects: Dialects;

  constructor(configuration: ProviderConfiguration = {}) {
    const entries = ProviderId.options.map((provider) => [provider, dialectFor(provider, configuration)] as const);
    this.dialects = Object.fromEntries(entries) as unknown as Dialects;
  }

  of<P extends ProviderId>(provider: P): ProviderDialect<ProviderCredentials[P]> {
    return this.dialects[provider];
  }
}

function dialectFor(provider: ProviderId, { codes, generic }: ProviderConfiguration): ProviderDialect<never> {
  const table = new CodeTable(PROVIDERS[provider].codes ?? {}, codes?.[provider]);
  return PROVIDERS[provider].dialect({ codes: table, description: generic }) as ProviderDialect<never>;
}
