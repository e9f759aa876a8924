import { ProblemError, Scope } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { ApiKey } from './api-key.entity';
import { ApiKeys, type Authentication, type IssuedApiKey } from './api-keys.service';
import { scopesBeyond } from './key-scopes';

/** What a caller asks a new key to be. */
export interface RequestedApiKey {
  name: string;
  scopes: readonly string[];
  validDays: number;
  signing: ApiKey['signing'];
  allowedNetworks: readonly string[];
  certificateSha256: string | null;
}

/** What a caller asks a rotation to be. */
export interface RequestedRotation {
  overlapHours: number;
  validDays?: number | undefined;
}

const DAY_MS = 86_400_000;

/**
 * What callers of the API do with the keys of their tenant. Nobody gets further by it than they were: a key has no scope that its maker
 * does not hold, and none that only administrators have.
 */
@Injectable()
export class TenantApiKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeys,
  ) {}

  async list(tenant: TenantContext): Promise<ApiKey[]> {
    return this.unitOfWork.run(tenant, (tx) => this.keys.list(tx));
  }

  /** @throws ProblemError `invalid-field`, `api-key-scope-not-allowed`, `api-key-limit-reached` */
  async create(maker: Authentication, wanted: RequestedApiKey): Promise<IssuedApiKey> {
    const scopes = wanted.scopes.map(scopeField);
    assertMayGive(maker, scopes);
    return this.unitOfWork.run(maker.tenant, (tx) => this.keys.issue(tx, { ...wanted, scopes, expiresAt: inDays(wanted.validDays) }));
  }

  /**
   * Whoever rotates a key holds its new secret, and so must be one who may give its scopes.
   * @throws ProblemError `not-found`, `api-key-ended`, `api-key-scope-not-allowed`, `invalid-field`
   */
  async rotate(maker: Authentication, id: string, { overlapHours, validDays }: RequestedRotation): Promise<IssuedApiKey> {
    return this.unitOfWork.run(maker.tenant, async (tx) => {
      const key = await this.keys.lock(tx, id);
      assertMayGive(maker, key.scopes);
      return this.keys.rotate(tx, key, { overlapHours, ...(validDays !== undefined && { expiresAt: inDays(validDays) }) });
    });
  }

  /** @throws ProblemError `not-found` */
  async revoke(tenant: TenantContext, id: string): Promise<ApiKey> {
    return this.unitOfWork.run(tenant, async (tx) => this.keys.revoke(tx, await this.keys.lock(tx, id)));
  }
}

function assertMayGive(maker: Authentication, scopes: readonly Scope[]): void {
  const beyond = scopesBeyond(maker, scopes);
  if (beyond.length > 0) throw new ProblemError('api-key-scope-not-allowed', { detail: `Not allowed: ${beyond.join(', ')}` });
}

function scopeField(text: string): Scope {
  const scope = Scope.safeParse(text);
  if (!scope.success)
    throw new ProblemError('invalid-field', { errors: [{ field: 'scopes', message: 'holds a scope that is not known' }] });
  return scope.data;
}

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
