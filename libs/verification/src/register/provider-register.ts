import type { ApprovedBy } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { type ActChange, ProblemError, type ProviderClosure, type ProviderOpening } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { ProviderEntry } from './provider-entry';
import { ProviderRegisterStore } from './provider-register.store';

/** What a tenant agreed with its providers, and which of them it asks. Opening takes two persons, closing one. */
@Injectable()
export class ProviderRegister {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ProviderRegisterStore,
    private readonly audit: AuditLog,
  ) {}

  async look(tenant: TenantContext): Promise<{ items: ProviderEntry[]; history: ProviderEntry[] }> {
    return this.unitOfWork.run(tenant, async (tx) => ({
      items: [...(await this.store.standing(tx)).values()],
      history: await this.store.history(tx),
    }));
  }

  /** What an opening would change. @throws ProblemError `approval-outdated` when the entry is no longer the one that was shown */
  async differences(tx: Tx, opening: ProviderOpening): Promise<ActChange[]> {
    const standing = await this.standingAt(tx, opening);
    const after = { state: 'open', ...termsOf(opening) };
    const before = { state: standing?.state ?? null, ...standing?.terms };
    const changes = Object.entries(after).map(([field, value]) => ({
      field,
      before: before[field as keyof typeof before] ?? null,
      after: value,
    }));
    const version = { field: 'version', before: String(opening.version), after: String(opening.version + 1) };
    return [version, ...changes.filter((change) => change.before !== change.after)];
  }

  /** Opens a provider, or changes what was agreed, as two persons want it. @throws ProblemError `approval-outdated` */
  async open(tx: Tx, opening: ProviderOpening, { approvalId, proposedBy }: ApprovedBy): Promise<void> {
    await this.store.holdChanges(tx);
    await this.standingAt(tx, opening);
    const { provider, version, reason } = opening;
    const entry = { provider, version: version + 1, state: 'open' as const, terms: termsOf(opening), reason, approvalId, proposedBy };
    await this.add(tx, entry);
  }

  /** Closes a provider at once; one that is closed stays as it is. */
  async close(tenant: TenantContext, { provider, reason }: ProviderClosure): Promise<ProviderEntry> {
    return this.unitOfWork.run(tenant, async (tx) => {
      await this.store.holdChanges(tx);
      const standing = (await this.store.standing(tx)).get(provider);
      if (standing?.state === 'closed') return standing;
      const { version = 0, terms = null } = standing ?? {};
      return this.add(tx, { provider, version: version + 1, state: 'closed', terms, reason, approvalId: null, proposedBy: null });
    });
  }

  private async standingAt(tx: Tx, { provider, version }: ProviderOpening): Promise<ProviderEntry | undefined> {
    const standing = (await this.store.standing(tx)).get(provider);
    if ((standing?.version ?? 0) !== version) throw new ProblemError('approval-outdated');
    return standing;
  }

  private async add(tx: Tx, added: Omit<ProviderEntry, 'setBy' | 'setAt'>): Promise<ProviderEntry> {
    const { id, name } = tx.tenant.actor;
    const entry: ProviderEntry = { ...added, setBy: { id, name }, setAt: new Date() };
    await this.store.add(tx, entry);
    const { provider, version, state, terms, reason, approvalId, proposedBy } = entry;
    await this.audit.append(tx, {
      action: state === 'open' ? 'provider.open' : 'provider.close',
      targetType: 'provider',
      targetId: provider,
      detail: { version, ...terms, reason, ...(approvalId !== null && { approvalId, proposedBy }) },
    });
    return entry;
  }
}

function termsOf({ purpose, contractReference, agreementReference }: ProviderOpening): NonNullable<ProviderEntry['terms']> {
  return { purpose, contractReference, agreementReference };
}
