import { timingSafeEqual } from 'node:crypto';
import { AuditLog } from '@app/audit';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { hashSecret, isWellFormedSecret, newApiKeySecret } from './api-key-secret';
import { ApiKeyStore, type FoundApiKey } from './api-key.store';
import { Scope } from './scope';

/** Injection token of the installation's hash key. */
export const HASH_KEY = Symbol('HASH_KEY');

/** Who proved who they are, by what, and what they may do. */
export interface Authentication {
  method: 'apiKey' | 'session';
  tenant: TenantContext;
  scopes: ReadonlySet<Scope>;
  /** Of a person: the session that the request belongs to. */
  session?: SessionFacts;
}

/** Where a person's session stands. */
export interface SessionFacts {
  sessionId: string;
  userId: string;
  /** `secondFactor`: the password was right, the code is still to come. */
  stage: 'secondFactor' | 'open';
  mustChangePassword: boolean;
  mustEnrolSecondFactor: boolean;
  /** When the person last proved who they are. */
  authenticatedAt: Date;
}

/** What a new key is to be. Without `expiresAt` it is valid until it is revoked. */
export interface NewApiKey {
  name: string;
  scopes: readonly Scope[];
  expiresAt?: Date;
}

/** A key in use is noted at most this often, so that reading does not become writing. */
const LAST_USED_RESOLUTION_MS = 60_000;

/** Makes and recognises API keys. A key is shown once and stored only as a keyed hash. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    @Inject(HASH_KEY) private readonly hashKey: string,
  ) {}

  /** Null for a text that is no key, an unknown, an expired and a revoked one alike. */
  async authenticate(presented: string): Promise<Authentication | null> {
    if (!isWellFormedSecret(presented)) return null;
    const hash = hashSecret(presented, this.hashKey);
    const key = await this.store.findByHash(hash);
    if (!key || !timingSafeEqual(key.hash, hash) || !isValid(key, new Date())) return null;
    const tenant: TenantContext = { tenantId: key.tenantId, actor: { type: 'apiKey', id: key.id, name: key.name } };
    await this.noteUse(tenant, key);
    return { method: 'apiKey', tenant, scopes: new Set(key.scopes) };
  }

  /** Makes a key for the tenant of `tx`, with its audit entry. The returned secret exists nowhere else. */
  async create(tx: Tx, key: NewApiKey): Promise<{ id: string; secret: string }> {
    const id = uuidv7();
    const secret = newApiKeySecret();
    const scopes = key.scopes.map((scope) => Scope.parse(scope));
    const expiresAt = key.expiresAt ?? null;
    await this.store.insert(tx, {
      id,
      name: key.name,
      scopes,
      expiresAt,
      hash: hashSecret(secret, this.hashKey),
      lastFour: secret.slice(-4),
    });
    const detail = { name: key.name, scopes: scopes.join(' '), expiresAt: expiresAt?.toISOString() ?? null };
    await this.audit.append(tx, { action: 'apiKey.create', targetType: 'apiKey', targetId: id, detail });
    return { id, secret };
  }

  private async noteUse(tenant: TenantContext, key: FoundApiKey): Promise<void> {
    const now = new Date();
    if (key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < LAST_USED_RESOLUTION_MS) return;
    await this.unitOfWork.run(tenant, (tx) => this.store.markUsed(tx, key.id, now));
  }
}

function isValid(key: FoundApiKey, now: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}
