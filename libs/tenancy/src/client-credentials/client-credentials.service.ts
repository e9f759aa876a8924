import { randomBytes, timingSafeEqual } from 'node:crypto';
import { AuditLog } from '@app/audit';
import { SealingKey, SECRET_BYTES, SUITES } from '@app/crypto';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { type Keyring, type PlacedColumn, type SealPlace, textOf } from '@app/keyring';
import { v7 as uuidv7 } from 'uuid';
import { accessEnd, isUseToNote } from '../access/program-access.entity';
import { isAddressAllowed, networkOf } from './allowed-networks';
import { ClientCredentialStore, type FoundCredential } from './client-credential.store';
import { type ClientCredential, type ClientDialect, ClientScope } from './client-credential.entity';
import { hashClientSecret, isCredentialText, randomCredentialText } from './client-secrets';

/** A client that proved who it is. */
export interface Client {
  credentialId: string;
  tenant: TenantContext;
  scopes: ReadonlySet<ClientScope>;
}

/** Why a client is not let in. All but `unknown` are told only to one that knows its secret. */
export type ClientRefusalReason = 'unknown' | 'disabled' | 'addressNotAllowed';

/** Whose the credential is, is known of a refused client that knows its secret: for the audit. */
export type ClientCheck =
  | { client: Client; refused?: undefined }
  | { refused: 'unknown' }
  | { refused: Exclude<ClientRefusalReason, 'unknown'>; tenant: TenantContext };

/** What a new credential is to be. Without `expiresAt` it is valid until it is revoked; without `allowedNetworks` from anywhere. */
export interface NewClientCredential {
  dialect: ClientDialect;
  name: string;
  scopes: readonly ClientScope[];
  allowedNetworks: readonly string[];
  expiresAt?: Date;
}

/** The one time a secret is shown. */
export interface IssuedCredential {
  id: string;
  publicId: string;
  secret: string;
}

/** The sealed columns of client credentials. */
export const CLIENT_CREDENTIAL_COLUMNS: readonly PlacedColumn[] = [
  { name: 'client_credential.secret_sealed', place: (row) => placeOf(textOf(row, 'id')) },
];

const NOBODY = Buffer.from('nobody');

/**
 * Makes and recognises the credentials of systems that speak a provider's dialect. What an unknown id and a wrong secret are answered, and
 * the work that goes before the answer, are the same.
 */
export class ClientCredentials {
  private readonly decoyHash: Buffer;
  private readonly decoyKey = new SealingKey(SUITES.standard, 0, randomBytes(SECRET_BYTES));
  private readonly decoySealed: Buffer;

  constructor(
    private readonly store: ClientCredentialStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly keys: { hashKey: string; keyring: Keyring },
  ) {
    const decoy = randomCredentialText();
    this.decoyHash = hashClientSecret('nobody', decoy, keys.hashKey);
    this.decoySealed = this.decoyKey.seal(NOBODY, Buffer.from(decoy));
  }

  /** Recognises a client that presents its secret, as netocr's do. */
  async bySecret(presented: { key: string; secret: string; address: string }): Promise<ClientCheck> {
    const found = await this.find('netocr', presented.key);
    const hash = hashClientSecret(presented.key, presented.secret, this.keys.hashKey);
    const isRight = timingSafeEqual(found?.secretHash ?? this.decoyHash, hash);
    return this.decide(found, isRight, presented.address);
  }

  /** Recognises a client that signs with its secret, as jumdata's do; `isSigned` says whether this secret made the signature. */
  async bySignature(presented: { appId: string; address: string; isSigned: (appSecret: string) => boolean }): Promise<ClientCheck> {
    const found = await this.find('jumdata', presented.appId);
    const isRight = presented.isSigned((await this.secretOf(found)).toString('utf8'));
    return this.decide(found, isRight, presented.address);
  }

  /** Makes a credential for the tenant of `tx`, with its audit entry. The returned secret is shown nowhere else. */
  async issue(tx: Tx, wanted: NewClientCredential): Promise<IssuedCredential> {
    const { dialect, name } = wanted;
    const id = uuidv7();
    const publicId = randomCredentialText();
    const secret = randomCredentialText();
    const scopes = wanted.scopes.map((scope) => ClientScope.parse(scope));
    const allowedNetworks = wanted.allowedNetworks.map(networkOf);
    const expiresAt = wanted.expiresAt ?? null;
    const isPresented = dialect === 'netocr';
    const secretHash = isPresented ? hashClientSecret(publicId, secret, this.keys.hashKey) : null;
    const secretSealed = isPresented ? null : await this.keys.keyring.seal(tx, placeOf(id), Buffer.from(secret));
    await this.store.insert(tx, { id, dialect, name, publicId, secretHash, secretSealed, scopes, allowedNetworks, expiresAt });
    await this.audit.append(tx, {
      action: 'clientCredential.create',
      targetType: 'clientCredential',
      targetId: id,
      detail: {
        dialect,
        name,
        scopes: scopes.join(' '),
        allowedNetworks: allowedNetworks.join(' '),
        expiresAt: expiresAt?.toISOString() ?? null,
      },
    });
    return { id, publicId, secret };
  }

  async list(tx: Tx): Promise<ClientCredential[]> {
    return this.store.list(tx);
  }

  /** Ends a credential at once, with its audit entry; false when the tenant has none of this public id. Doing it twice changes nothing. */
  async revoke(tx: Tx, publicId: string): Promise<boolean> {
    const credential = await this.store.lockByPublicId(tx, publicId);
    if (credential === null) return false;
    if (credential.revokedAt !== null) return true;
    await this.store.markRevoked(tx, credential.id, new Date());
    await this.audit.append(tx, {
      action: 'clientCredential.revoke',
      targetType: 'clientCredential',
      targetId: credential.id,
      detail: { dialect: credential.dialect, name: credential.name },
    });
    return true;
  }

  /** A client that is not there has a secret as well, one that nobody knows. */
  private async secretOf(found: FoundCredential | null): Promise<Buffer> {
    if (!found?.secretSealed) return this.decoyKey.open(NOBODY, this.decoySealed);
    return this.keys.keyring.open(tenantOf(found), placeOf(found.id), found.secretSealed);
  }

  private async find(dialect: ClientDialect, publicId: string): Promise<FoundCredential | null> {
    return this.store.findByPublicId(dialect, isCredentialText(publicId) ? publicId : '');
  }

  private async decide(found: FoundCredential | null, isRight: boolean, address: string): Promise<ClientCheck> {
    if (found === null || !isRight) return { refused: 'unknown' };
    const now = new Date();
    const tenant = tenantOf(found);
    if (accessEnd(found, now) !== null) return { refused: 'disabled', tenant };
    if (!isAddressAllowed(address, found.allowedNetworks)) return { refused: 'addressNotAllowed', tenant };
    await this.noteUse(tenant, found, now);
    return { client: { credentialId: found.id, tenant, scopes: new Set(found.scopes) } };
  }

  private async noteUse(tenant: TenantContext, found: FoundCredential, now: Date): Promise<void> {
    if (!isUseToNote(found, now)) return;
    await this.unitOfWork.run(tenant, (tx) => this.store.markUsed(tx, found.id, now));
  }
}

function placeOf(rowId: string): SealPlace {
  return { dataClass: 'secret', purpose: 'client_credential.secret', rowId };
}

function tenantOf({ tenantId, id, name }: FoundCredential): TenantContext {
  return { tenantId, actor: { type: 'client', id, name } };
}
