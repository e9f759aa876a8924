import type { TenantContext } from '@app/database';
import { Logger } from '@nestjs/common';
import type { Departments } from '../departments/departments.service';
import type { ExternalTerms, Identities } from '../external/identities.service';
import type { OpenedSession } from '../sessions/sessions.service';
import type { SignInTenants } from '../sign-in/sign-in-tenant';
import { groupRulesOf } from './group-rules-of';
import type { SourceSettings } from './settings/sign-in-file';
import { SourceUnavailableError } from './source-unavailable.error';
import type { VouchedPerson } from './vouched-person';

/** Takes in people for whom a source has vouched, by the rules that the settings give for it. */
export class Admission {
  private readonly logger = new Logger('SignIn');

  constructor(
    private readonly tenants: SignInTenants,
    private readonly departments: Departments,
    private readonly identities: Identities,
  ) {}

  /** The tenant whose people come from a source. @throws SourceUnavailableError when it is not there */
  async tenantOf({ id, tenant }: SourceSettings): Promise<string> {
    const tenantId = await this.tenants.find(tenant);
    if (tenantId === null) throw new SourceUnavailableError(id, 'NO_TENANT');
    return tenantId;
  }

  /** @throws ProblemError sign-in-refused */
  async admit(source: SourceSettings, person: VouchedPerson, terms: Omit<ExternalTerms, 'rules'>): Promise<OpenedSession> {
    const tenant: TenantContext = { tenantId: terms.tenantId, actor: { type: 'user', id: 'unknown', name: person.login } };
    const isNamed = source.rules.some(({ department }) => department !== undefined);
    const { rules, unknown } = groupRulesOf(source.rules, isNamed ? await this.departments.list(tenant) : []);
    if (unknown.length > 0)
      this.logger.warn({ source: source.id, unknown: unknown.length, msg: 'rules name departments that are not there' });
    return this.identities.signInExternal({ ...person, source: source.kind, sourceId: source.id }, { ...terms, rules });
  }
}
