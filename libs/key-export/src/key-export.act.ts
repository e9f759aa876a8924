import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { type ActChange, KeyExportRequest, ProblemError } from '@app/contracts';
import { readRecipient, type Recipient, recipientFingerprint, SUITES } from '@app/crypto';
import type { Tx } from '@app/database';
import { Keyring, type KeyPackage } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { KeyExportStore } from './key-export.store';

const KeyExportPayload = KeyExportRequest.omit({ reason: true });

/** What is proposed: whose data keys go to whom. */
export type KeyExportPayload = z.infer<typeof KeyExportPayload>;

/** Seals data keys of the tenant for a recipient once two security administrators want it. The package then waits to be fetched, once. */
@Injectable()
export class KeyExportAct implements DangerousAct<KeyExportPayload> {
  readonly kind = 'key.export' as const;
  readonly payload = KeyExportPayload;

  constructor(
    private readonly keyring: Keyring,
    private readonly store: KeyExportStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Who decides sees the recipient's fingerprint, to be compared with the one that the other side tells.
   * @throws ProblemError `invalid-field`
   */
  async changes(tx: Tx, { recipient, classes }: KeyExportPayload): Promise<ActChange[]> {
    const known = recipientOf(recipient);
    const keys = await this.keyring.keysOf(tx, classes);
    if (keys.length === 0) throw noKeys();
    const [fingerprint, listed] = [recipientFingerprint(known), keys.map(({ keyClass, generation }) => `${keyClass}/${generation}`)];
    // A probe, so that nobody decides on what cannot be done: a point that is not on the curve is no recipient.
    await this.keyring.assertRecipient(known).catch((error: unknown) => {
      throw notRecipient(error);
    });
    return [
      { field: 'recipient', before: null, after: fingerprint },
      { field: 'keys', before: null, after: listed.join(' ') },
    ];
  }

  /** @throws ProblemError `invalid-field` when the keys were destroyed meanwhile */
  async perform(tx: Tx, { recipient, classes }: KeyExportPayload, { approvalId, proposedBy }: ApprovedBy): Promise<void> {
    const known = recipientOf(recipient);
    const tenantName = await this.store.tenantName(tx);
    const made = await this.keyring.exportKeys(tx, { classes, recipient: known, tenantName, approvalId });
    if (made === null) throw noKeys();
    const packageText = JSON.stringify(made);
    const sha256 = SUITES.standard.hash(Buffer.from(packageText)).toString('hex');
    await this.store.insert(tx, { id: approvalId, recipient: made.recipient, packageText, sha256 });
    await this.audit.append(tx, {
      action: 'dataKey.export',
      targetType: 'keyExport',
      targetId: approvalId,
      detail: { approvalId, proposedBy, recipient: made.recipient, keys: namesOf(made), sha256 },
    });
  }
}

function recipientOf(text: string): Recipient {
  const recipient = readRecipient(text);
  if (recipient === null) throw notRecipient();
  return recipient;
}

const namesOf = ({ keys }: KeyPackage): string => keys.map((key) => `${key.class}/${key.generation}`).join(' ');

function notRecipient(cause?: unknown): ProblemError {
  return new ProblemError('invalid-field', {
    errors: [{ field: 'recipient', message: 'must be a recipient as "piaoyan keys recipient" prints it' }],
    cause,
  });
}

function noKeys(): ProblemError {
  return new ProblemError('invalid-field', { errors: [{ field: 'classes', message: 'must be classes that the tenant has keys of' }] });
}
