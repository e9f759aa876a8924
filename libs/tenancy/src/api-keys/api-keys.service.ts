import { randomBytes } from 'node:crypto';
import { AuditLog } from '@app/audit';
import { mayBeGrantedTogether, ProblemError, Scope } from '@app/contracts';
import type { TenantContext, Tx } from '@app/database';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { accessEnd } from '../access/program-access.entity';
import { networkOf } from '../client-credentials/allowed-networks';
import { ApiKey, type KeySigning } from './api-key.entity';
import { hashSecret, newApiKeySecret, signingSecretOf } from './api-key-secret';
import { ApiKeyStore } from './api-key.store';
import { SecretHash } from './secret-hash';

/** Injection token of the installation's `SecretHash`. */
export const SECRET_HASH = Symbol('SECRET_HASH');

/** Injection token of `ApiKeySettings`. */
export const API_KEY_SETTINGS = Symbol('API_KEY_SETTINGS');

/** What an operator decides about keys. */
export interface ApiKeySettings {
  /** No key is made to last longer. */
  maxDays: number;
  /** How far the clock of a caller that signs may be off, either way, in seconds. */
  signatureWindowSeconds: number;
}

/** Settings where an operator says nothing. */
export const DEFAULT_API_KEY_SETTINGS: ApiKeySettings = { maxDays: 365, signatureWindowSeconds: 120 };

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

/** What a new key is to be. Without `expiresAt` it lasts as long as a key may last at all. */
export interface NewApiKey {
  name: string;
  scopes: readonly Scope[];
  expiresAt?: Date;
  signing?: KeySigning;
  /** Addresses and networks; none means from anywhere. */
  allowedNetworks?: readonly string[];
  /** SHA-256 of the client certificate (DER) in hexadecimal. */
  certificateSha256?: string | null;
}

/** How a key changes its secret. */
export interface KeyRotation {
  /** How long the old secret stays valid beside the new one; 0 ends it at once. */
  overlapHours: number;
  /** The key's new end; without it the old end stays. */
  expiresAt?: Date;
}

/** The one time a secret is shown. */
export interface IssuedApiKey {
  key: ApiKey;
  secret: string;
}

/** Keys that a tenant may have in force at once. */
export const MAX_LIVING_KEYS = 200;
/** The longest list that is given: the living keys and the latest of those that ended. */
const LIST_LIMIT = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SALT_BYTES = 32;

/** Makes, lists, changes and ends API keys. A key is shown once and stored only as a keyed hash. Every change is on record. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly audit: AuditLog,
    @Inject(SECRET_HASH) private readonly hash: SecretHash,
    @Inject(API_KEY_SETTINGS) private readonly settings: ApiKeySettings,
  ) {}

  /**
   * Makes a key for the tenant of `tx`, with its audit entry. The returned secret exists nowhere else.
   * @throws ProblemError `invalid-field`, `api-key-scope-not-allowed`, `api-key-limit-reached`
   */
  async create(tx: Tx, wanted: NewApiKey): Promise<{ id: string; secret: string }> {
    const { key, secret } = await this.issue(tx, wanted);
    return { id: key.id, secret };
  }

  /** As `create`, with the key as it was stored. */
  async issue(tx: Tx, wanted: NewApiKey): Promise<IssuedApiKey> {
    const now = new Date();
    const scopes = [...new Set(wanted.scopes.map((scope) => Scope.parse(scope)))];
    if (!mayBeGrantedTogether(scopes))
      throw new ProblemError('api-key-scope-not-allowed', { detail: 'They belong to different administrators' });
    if ((await this.store.countLiving(tx, now)) >= MAX_LIVING_KEYS) throw new ProblemError('api-key-limit-reached');
    const { signing = 'none' } = wanted;
    const id = uuidv7();
    const made = this.newSecret({ tenantId: tx.tenant.tenantId, id, signing });
    const key = {
      ...{ id, name: wanted.name, scopes, signing, hash: made.hash, salt: made.salt, lastFour: made.lastFour },
      allowedNetworks: [...new Set((wanted.allowedNetworks ?? []).map(networkField))],
      certificateSha256: wanted.certificateSha256?.toLowerCase() ?? null,
      expiresAt: this.endOf(wanted.expiresAt, now),
      ...{ rotatedAt: null, previousHash: null, previousSalt: null, previousLastFour: null, previousUntil: null },
    };
    await this.store.insert(tx, key);
    await this.audit.append(tx, {
      action: 'apiKey.create',
      targetType: 'apiKey',
      targetId: id,
      detail: {
        ...{ name: key.name, scopes: scopes.join(' '), expiresAt: key.expiresAt.toISOString(), signing },
        ...{ allowedNetworks: key.allowedNetworks.join(' '), certificateSha256: key.certificateSha256 },
      },
    });
    const stored = { ...key, tenantId: tx.tenant.tenantId, createdAt: now, revokedAt: null, lastUsedAt: null };
    return { key: Object.assign(new ApiKey(), stored), secret: made.secret };
  }

  /** The tenant's keys, newest first, those that ended among them. */
  async list(tx: Tx): Promise<ApiKey[]> {
    return this.store.list(tx, LIST_LIMIT);
  }

  /** @throws ProblemError `not-found`, for a foreign key as for a missing one */
  async lock(tx: Tx, id: string): Promise<ApiKey> {
    const key = await this.store.lock(tx, id);
    if (key === null) throw new ProblemError('not-found');
    return key;
  }

  /**
   * Gives a key that was locked another secret under the same id. The old one stays valid until the overlap ends, and the one before that,
   * should it still be valid, ends now: two at most.
   * @throws ProblemError `api-key-ended`, `invalid-field`
   */
  async rotate(tx: Tx, key: ApiKey, { overlapHours, expiresAt }: KeyRotation): Promise<IssuedApiKey> {
    const now = new Date();
    if (accessEnd(key, now) !== null) throw new ProblemError('api-key-ended');
    const made = this.newSecret(key);
    const overlapEnd = new Date(now.getTime() + overlapHours * HOUR_MS);
    const isOverlapping = overlapHours > 0;
    const rotated = {
      ...{ hash: made.hash, salt: made.salt, lastFour: made.lastFour, rotatedAt: now },
      expiresAt: expiresAt === undefined && key.expiresAt !== null ? key.expiresAt : this.endOf(expiresAt, now),
      previousHash: isOverlapping ? key.hash : null,
      previousSalt: isOverlapping ? key.salt : null,
      previousLastFour: isOverlapping ? key.lastFour : null,
      // A longer life is the new secret's alone.
      previousUntil: isOverlapping ? earlier(overlapEnd, key.expiresAt) : null,
    };
    await this.store.rotate(tx, key.id, rotated);
    await this.audit.append(tx, {
      action: 'apiKey.rotate',
      targetType: 'apiKey',
      targetId: key.id,
      detail: { name: key.name, overlapHours, expiresAt: rotated.expiresAt.toISOString() },
    });
    return { key: Object.assign(key, rotated), secret: made.secret };
  }

  /** Ends a key that was locked, at once and with both secrets. Doing it twice changes nothing. */
  async revoke(tx: Tx, key: ApiKey): Promise<ApiKey> {
    if (key.revokedAt !== null) return key;
    const revokedAt = new Date();
    await this.store.markRevoked(tx, key.id, revokedAt);
    await this.audit.append(tx, { action: 'apiKey.revoke', targetType: 'apiKey', targetId: key.id, detail: { name: key.name } });
    return Object.assign(key, { revokedAt });
  }

  private newSecret({ tenantId, id, signing }: Pick<ApiKey, 'tenantId' | 'id' | 'signing'>) {
    const salt = signing === 'required' ? randomBytes(SALT_BYTES) : null;
    const secret = salt === null ? newApiKeySecret() : signingSecretOf({ tenantId, id, salt }, this.hash);
    return { secret, salt, hash: hashSecret(secret, this.hash), lastFour: secret.slice(-4) };
  }

  private endOf(wanted: Date | undefined, now: Date): Date {
    const latest = new Date(now.getTime() + this.settings.maxDays * DAY_MS);
    if (wanted !== undefined && wanted > latest)
      throw new ProblemError('invalid-field', {
        errors: [{ field: 'validDays', message: `must be at most ${this.settings.maxDays}, as the operator of this installation decided` }],
      });
    return wanted ?? latest;
  }
}

function earlier(one: Date, other: Date | null): Date {
  return other !== null && other < one ? other : one;
}

function networkField(text: string): string {
  try {
    return networkOf(text);
  } catch (error) {
    const message = 'must be IP addresses or networks such as 10.1.0.0/16';
    throw new ProblemError('invalid-field', { errors: [{ field: 'allowedNetworks', message }], cause: error });
  }
}
