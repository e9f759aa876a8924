import { AuditEntry, readSigner } from '@app/audit';
import { CliConfig, ConfigError, parseConfig } from '@app/config';
import { DatabaseModule } from '@app/database';
import { EvidenceModule, EvidencePacks } from '@app/evidence';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Correction, Receipt, ReceiptBatch, ReceiptsModule } from '@app/receipts';
import { StorageModule } from '@app/storage';
import { Attempt, ChargeEntry, ProviderChannel, Verification, VerificationModule, VerificationPolicy } from '@app/verification';
import { type DynamicModule, Module, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { keyringAccess } from '../operations/keyring-access';
import { ownerAccess } from '../operations/tenant-admin';

const ENTITIES = [AuditEntry, Receipt, ReceiptBatch, Correction, Verification, Attempt, ChargeEntry, VerificationPolicy, ProviderChannel];
/** Nothing is uploaded here. */
const NO_UPLOADS = { maxBytes: 0, maxPixels: 0 };

@Module({})
class EvidenceContext {}

/** Opens database, keys and originals for one pack. @throws ConfigError naming what is not set */
export async function withEvidencePacks<T>(work: (packs: EvidencePacks) => Promise<T>): Promise<T> {
  const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger: ['error'], abortOnError: false };
  const context = await NestFactory.createApplicationContext(contextModule(), options);
  try {
    return await work(context.get(EvidencePacks, { strict: false }));
  } finally {
    await context.close();
  }
}

function contextModule(): DynamicModule {
  const { ownerUrl: url, hashKey, applicationName } = ownerAccess();
  const { directory, pem } = evidenceSettings();
  const receipts = ReceiptsModule.forIntake(NO_UPLOADS);
  const verification = VerificationModule.forRequests({ hashKey, defaultProvider: 'netocr', imports: [receipts] });
  return {
    module: EvidenceContext,
    imports: [
      DatabaseModule.forRoot({ url, applicationName, entities: ENTITIES, poolSize: 4 }),
      KeyringModule.forRoot(keyringAccess()),
      QueueModule.forProducer({ url }),
      StorageModule.forRoot({ directory }),
      EvidenceModule.forRoot({ signer: readSigner(pem), imports: [receipts, verification] }),
    ],
  };
}

function evidenceSettings(): { directory: string; pem: string } {
  const { PIAOYAN_STORAGE_DIR: directory, PIAOYAN_EVIDENCE_SIGNING_KEY: pem } = parseConfig(CliConfig);
  if (directory === undefined) throw new ConfigError(['PIAOYAN_STORAGE_DIR is required: the folder of the originals']);
  if (pem === undefined)
    throw new ConfigError([
      'PIAOYAN_EVIDENCE_SIGNING_KEY (or PIAOYAN_EVIDENCE_SIGNING_KEY_FILE) is required, such as the output of "openssl genpkey -algorithm ed25519"',
    ]);
  return { directory, pem };
}
