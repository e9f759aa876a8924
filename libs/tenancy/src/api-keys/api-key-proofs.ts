import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Inject, Injectable } from '@nestjs/common';
import { accessEnd, isUseToNote } from '../access/program-access.entity';
import { isAddressAllowed } from '../client-credentials/allowed-networks';
import { hashSecret, isWellFormedSecret, signingSecretOf } from './api-key-secret';
import { ApiKeyStore, type FoundApiKey, isRepeated } from './api-key.store';
import { API_KEY_SETTINGS, type ApiKeySettings, type Authentication, SECRET_HASH } from './api-keys.service';
import { type SignedAuthorization, type SignedCall, signatureOf } from './request-signature';
import { SecretHash } from './secret-hash';

/** Where a request came from. */
export interface Caller {
  address: string;
  /** SHA-256 of the client certificate that the connection proved, in lower-case hexadecimal; null where there was none. */
  certificateSha256: string | null;
}

/** Why a key is refused: for the operator's log, never for the caller, who hears the same for all of them. */
export type KeyRefusal = 'unknown' | 'expired' | 'revoked' | 'wrongAddress' | 'wrongCertificate' | 'outsideWindow' | 'replayed';

/** A refusal of a key that was proven names whose it is, for that tenant's audit. */
export type KeyCheck = { authentication: Authentication; refused?: undefined } | { refused: KeyRefusal; tenant?: TenantContext };

/** Keys whose forgotten nonces this process remembers to have cleared; beyond it, clearing is done a little more often. */
const MAX_CLEARED = 10_000;

const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Recognises API keys, presented or signed with. A text that is no key, an unknown, an expired, a revoked and a foreign one cause the same
 * work: one hash, one look for it, one comparison; so does a signature of an unknown key and a wrong one.
 */
@Injectable()
export class ApiKeyProofs {
  private readonly decoyHash = randomBytes(32);
  private readonly decoySalt = randomBytes(32);
  private readonly clearedAtMs = new Map<string, number>();

  constructor(
    private readonly store: ApiKeyStore,
    private readonly unitOfWork: UnitOfWork,
    @Inject(SECRET_HASH) private readonly hash: SecretHash,
    @Inject(API_KEY_SETTINGS) private readonly settings: ApiKeySettings,
  ) {}

  /** Recognises a caller that presents its key. Any text may be given. */
  async bySecret(presented: string, caller: Caller, now = new Date()): Promise<KeyCheck> {
    const isKey = isWellFormedSecret(presented);
    const hash = hashSecret(presented, this.hash);
    const key = await this.store.find({ hash, id: NOBODY });
    const isCurrent = timingSafeEqual(key?.hash ?? this.decoyHash, hash);
    const isPrevious = timingSafeEqual(key?.previousHash ?? this.decoyHash, hash);
    if (key === null || !isKey || key.signing !== 'none' || !(isCurrent || isPrevious)) return { refused: 'unknown' };
    return this.admit(key, { isCurrent, caller, now });
  }

  /** Recognises a caller that signs. `call` is the request as it arrived; that its body has the signed hash is for whoever reads it to see. */
  async bySignature(
    said: SignedAuthorization,
    call: Pick<SignedCall, 'method' | 'target'>,
    caller: Caller,
    now = new Date(),
  ): Promise<KeyCheck> {
    const key = await this.store.find({ hash: this.decoyHash, id: said.keyId });
    const signature = Buffer.from(said.signature, 'hex');
    const isBy = (salt: Buffer | null | undefined): boolean => {
      const place = { tenantId: key?.tenantId ?? NOBODY, id: said.keyId, salt: salt ?? this.decoySalt };
      return timingSafeEqual(signatureOf(signingSecretOf(place, this.hash), { ...said, ...call }), signature);
    };
    const [isCurrent, isPrevious] = [isBy(key?.salt), isBy(key?.previousSalt)];
    if (key === null || key.signing !== 'required' || !(isCurrent || isPrevious)) return { refused: 'unknown' };
    if (!this.isInWindow(said, now)) return { refused: 'outsideWindow', tenant: tenantOf(key) };
    return this.admit(key, { isCurrent, caller, now, nonce: said.nonce });
  }

  private isInWindow({ timestamp }: SignedAuthorization, now: Date): boolean {
    return Math.abs(timestamp * 1_000 - now.getTime()) <= this.settings.signatureWindowSeconds * 1_000;
  }

  private async admit(
    key: FoundApiKey,
    { isCurrent, caller, now, nonce }: { isCurrent: boolean; caller: Caller; now: Date; nonce?: string },
  ): Promise<KeyCheck> {
    const tenant = tenantOf(key);
    const refused = refusalOf(key, { isCurrent, caller, now });
    if (refused !== null) return { refused, tenant };
    if (nonce !== undefined && !(await this.isFirst(tenant, nonce, now))) return { refused: 'replayed', tenant };
    await this.noteUse(tenant, key, now);
    return { authentication: { method: 'apiKey', tenant, scopes: new Set(key.scopes) } };
  }

  /** Remembers the nonce, for all api processes; false when one of them knows it already. */
  private async isFirst(tenant: TenantContext, nonce: string, now: Date): Promise<boolean> {
    const { id } = tenant.actor;
    const windowMs = this.settings.signatureWindowSeconds * 1_000;
    const isToClear = this.isToClear(id, now.getTime(), windowMs);
    try {
      await this.unitOfWork.run(tenant, async (tx) => {
        // What a signature may be late, twice over: clocks of the processes differ, too.
        await this.store.insertNonce(tx, { id, nonce, until: new Date(now.getTime() + 4 * windowMs) });
        if (isToClear) await this.store.forgetNonces(tx, id, now);
      });
      return true;
    } catch (error) {
      if (isRepeated(error)) return false;
      throw error;
    }
  }

  private isToClear(id: string, nowMs: number, windowMs: number): boolean {
    const last = this.clearedAtMs.get(id);
    if (last !== undefined && nowMs - last < windowMs) return false;
    if (this.clearedAtMs.size >= MAX_CLEARED) this.clearedAtMs.clear();
    this.clearedAtMs.set(id, nowMs);
    return true;
  }

  private async noteUse(tenant: TenantContext, key: FoundApiKey, now: Date): Promise<void> {
    if (!isUseToNote(key, now)) return;
    await this.unitOfWork.run(tenant, (tx) => this.store.markUsed(tx, key.id, now));
  }
}

function tenantOf({ tenantId, id, name }: FoundApiKey): TenantContext {
  return { tenantId, actor: { type: 'apiKey', id, name } };
}

/** Why a proven key does not count here and now; null where it does. */
function refusalOf(key: FoundApiKey, { isCurrent, caller, now }: { isCurrent: boolean; caller: Caller; now: Date }): KeyRefusal | null {
  const end = accessEnd(key, now);
  if (end !== null) return end;
  if (!isCurrent && !(key.previousUntil !== null && key.previousUntil > now)) return 'expired';
  if (!isAddressAllowed(caller.address, key.allowedNetworks)) return 'wrongAddress';
  return key.certificateSha256 !== null && key.certificateSha256 !== caller.certificateSha256 ? 'wrongCertificate' : null;
}
