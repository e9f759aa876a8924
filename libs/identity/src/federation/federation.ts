import { ProblemError } from '@app/contracts';
import { Logger } from '@nestjs/common';
import type { OpenedSession } from '../sessions/sessions.service';
import { Directory } from './ldap/directory';
import type { DirectoryAttempt, LdapSignIn } from './ldap-sign-in';
import type { Flow } from './oidc/flow';
import { OidcProvider } from './oidc/oidc-provider';
import type { BegunFlow, OidcSignIn, ReturnedFlow } from './oidc-sign-in';
import type { SignInSettings } from './settings/read-sign-in-file';
import { SourceUnavailableError } from './source-unavailable.error';

/** What people choose from on the page where they sign in. */
export interface SignInSource {
  id: string;
  kind: 'oidc' | 'ldap';
  name: string;
}

/** Signing in with a provider or directory of the bank. When one is down, the others and local accounts work on. */
export class Federation {
  private readonly logger = new Logger('SignIn');
  private readonly providers: ReadonlyMap<string, OidcProvider>;
  private readonly directories: ReadonlyMap<string, Directory>;

  constructor(
    settings: SignInSettings,
    private readonly oidc: OidcSignIn,
    private readonly ldap: LdapSignIn,
  ) {
    const redirectUri = (id: string): string => `${settings.publicUrl ?? ''}/v1/sign-in/oidc/${id}/callback`;
    this.providers = new Map(settings.oidc.map((source) => [source.id, new OidcProvider(source, redirectUri(source.id))]));
    this.directories = new Map(settings.ldap.map((source) => [source.id, new Directory(source)]));
  }

  sources(): SignInSource[] {
    return [...this.providers.values(), ...this.directories.values()].map(({ settings: { id, kind, name } }) => ({ id, kind, name }));
  }

  /** Sends a browser to a provider. @throws ProblemError not-found, sign-in-source-unavailable */
  async beginOidc(id: string, wished: { returnTo: string | undefined; previous: Flow['previous'] }): Promise<BegunFlow> {
    return this.asking(() => this.oidc.begin(of(this.providers, id), wished));
  }

  /** Lets in who comes back from it. @throws ProblemError not-found, sign-in-refused, sign-in-source-unavailable */
  async finishOidc(id: string, returned: ReturnedFlow): Promise<{ opened: OpenedSession; flow: Flow }> {
    return this.asking(() => this.oidc.finish(of(this.providers, id), returned));
  }

  /** Lets in whom a directory proves. @throws ProblemError not-found, sign-in-refused, sign-in-source-unavailable */
  async withDirectory(id: string, attempt: DirectoryAttempt): Promise<OpenedSession> {
    return this.asking(() => this.ldap.attempt(of(this.directories, id), attempt));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.providers.values()].map((provider) => provider.close()));
  }

  private async asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SourceUnavailableError)) throw error;
      this.logger.error({ source: error.sourceId, reason: error.reason, msg: 'identity source cannot be asked' });
      throw new ProblemError('sign-in-source-unavailable');
    }
  }
}

function of<T>(all: ReadonlyMap<string, T>, id: string): T {
  const source = all.get(id);
  if (source === undefined) throw new ProblemError('not-found');
  return source;
}
