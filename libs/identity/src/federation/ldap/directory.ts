import { randomUUID } from 'node:crypto';
import { type Client, type Entry, InvalidCredentialsError, NoSuchObjectError, ResultCodeError, SizeLimitExceededError } from 'ldapts';
import type { LdapSettings } from '../settings/read-sign-in-file';
import { reasonOf, SourceUnavailableError } from '../source-unavailable.error';
import { vouchedPerson, type VouchedPerson } from '../vouched-person';
import { filterWith } from './user-filter';
import { withDirectory } from './directory-connection';

/** One more than may be found tells that there are several. */
const ONE_AND_ANOTHER = 2;
const MOST_GROUPS = 1_000;
/** Of a person whom the server knows, these mean that it is not able to say; everything else means no. */
const OUT_OF_ORDER = new Set([1, 2, 3, 51, 52, 80]);

const NOBODY: Entry = { dn: 'cn=nobody' };

/** A person's entry, not yet proved. */
export interface FoundEntry {
  dn: string;
  person: VouchedPerson;
}

/** One directory: looks people up as itself, and proves them by a bind as them. Referrals and aliases are not followed. */
export class Directory {
  constructor(readonly settings: LdapSettings) {}

  /** The only entry of this login; null where there is none, several, or one that nobody here can be. @throws SourceUnavailableError */
  async find(login: string): Promise<FoundEntry | null> {
    return this.asking(async (client) => {
      const { bindDn, bindPassword } = this.settings;
      await client.bind(bindDn, bindPassword);
      const entry = await this.onlyEntry(client, login);
      // Asked for nobody too: how long an answer takes must not tell who exists.
      const groups = await this.groupsOf(client, entry ?? NOBODY);
      const person = entry && this.personOf(entry, groups);
      return person && { dn: entry.dn, person };
    });
  }

  /**
   * Whether this is the password of an entry. An empty one is refused before the server is asked: to a directory a bind without a password
   * is anonymous, and succeeds. @throws SourceUnavailableError
   */
  async isPassword(dn: string, password: string): Promise<boolean> {
    if (dn === '' || password === '') return false;
    return this.asking(async (client) => {
      try {
        await client.bind(dn, password);
        return true;
      } catch (error) {
        // Wrong, locked, expired and to be changed are one answer; some servers know no entry where others say that the password is wrong.
        if (error instanceof ResultCodeError && !OUT_OF_ORDER.has(error.code)) return false;
        throw error;
      }
    });
  }

  /** Does what `isPassword` does, of an entry that is not there: how long an answer takes must not tell who exists. */
  async refusePassword(password: string): Promise<void> {
    await this.isPassword(`cn=${randomUUID()},${this.settings.baseDn}`, password);
  }

  /** @throws SourceUnavailableError when no server answers, or the one that does cannot say */
  private async asking<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const { id, urls } = this.settings;
    let last: unknown;
    for (const url of urls) {
      try {
        return await withDirectory(this.settings, url, use);
      } catch (error) {
        last = error;
        // A server that knows its own mind is not asked again elsewhere: our own account is refused there as well.
        if (error instanceof InvalidCredentialsError || error instanceof SourceUnavailableError) break;
      }
    }
    if (last instanceof SourceUnavailableError) throw last;
    throw new SourceUnavailableError(id, last instanceof ResultCodeError ? `LDAP_${last.code}` : reasonOf(last), { cause: last });
  }

  private async onlyEntry(client: Client, login: string): Promise<Entry | null> {
    const { baseDn, userFilter, timeoutMs, subjectAttribute, loginAttribute, nameAttribute, groups } = this.settings;
    const attributes = [subjectAttribute, loginAttribute, nameAttribute, ...(groups.kind === 'memberOf' ? [groups.attribute] : [])];
    try {
      const { searchEntries } = await client.search(baseDn, {
        scope: 'sub',
        derefAliases: 'never',
        filter: filterWith(userFilter, '{login}', login),
        sizeLimit: ONE_AND_ANOTHER,
        timeLimit: Math.ceil(timeoutMs / 1_000),
        attributes: [...new Set(attributes)],
        explicitBufferAttributes: [subjectAttribute],
      });
      return searchEntries.length === 1 ? (searchEntries[0] ?? null) : null;
    } catch (error) {
      if (error instanceof SizeLimitExceededError) return null;
      throw error;
    }
  }

  private async groupsOf(client: Client, entry: Entry): Promise<string[]> {
    const { groups } = this.settings;
    if (groups.kind === 'memberOf') return textsOf(entry[groups.attribute]);
    try {
      const { searchEntries } = await client.search(groups.baseDn, {
        scope: 'sub',
        derefAliases: 'never',
        filter: filterWith(groups.filter, '{dn}', entry.dn),
        sizeLimit: MOST_GROUPS,
        timeLimit: Math.ceil(this.settings.timeoutMs / 1_000),
        attributes: [groups.nameAttribute],
      });
      return searchEntries.flatMap((group) => [group.dn, ...textsOf(group[groups.nameAttribute])]);
    } catch (error) {
      if (error instanceof NoSuchObjectError) throw new SourceUnavailableError(this.settings.id, 'NO_GROUP_BASE', { cause: error });
      throw error;
    }
  }

  private personOf(entry: Entry, groups: readonly string[]): VouchedPerson | null {
    const { id, subjectAttribute, loginAttribute, nameAttribute } = this.settings;
    return vouchedPerson({
      issuer: `ldap:${id}`,
      subject: subjectOf(entry[subjectAttribute]),
      login: textsOf(entry[loginAttribute])[0],
      displayName: textsOf(entry[nameAttribute])[0],
      groups,
    });
  }
}

type Values = Entry[string] | undefined;

function textsOf(values: Values): string[] {
  return [values ?? []].flat().map((value) => (typeof value === 'string' ? value : value.toString('utf8')));
}

/** A UUID that is text stays so; the sixteen bytes of an objectGUID become hexadecimal. */
function subjectOf(values: Values): string | undefined {
  const all = [values ?? []].flat();
  const [value] = all;
  if (all.length !== 1 || value === undefined) return undefined;
  if (typeof value === 'string') return value;
  const text = value.toString('latin1');
  return /^[\x21-\x7e]+$/.test(text) ? text : value.toString('hex');
}
