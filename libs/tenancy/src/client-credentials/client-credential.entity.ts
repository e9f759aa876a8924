import { Column, Entity } from 'typeorm';
import { z } from 'zod';
import { ProgramAccess } from '../access/program-access.entity';

/** Whose protocol the client speaks: netocr is 翔云, jumdata is 聚美. */
export const ClientDialect = z.enum(['netocr', 'jumdata']);
export type ClientDialect = z.infer<typeof ClientDialect>;

/** What a client may see beyond the usual: `face.unmasked` is payer data and 其他信息 as the provider told them. */
export const ClientScope = z.enum(['face.unmasked']);
export type ClientScope = z.infer<typeof ClientScope>;

/** A pair of public id and secret by which a system that was written for a provider calls the appliance instead. */
@Entity('client_credential')
export class ClientCredential extends ProgramAccess<ClientScope> {
  @Column('text')
  dialect!: ClientDialect;

  /** netocr's `key` or jumdata's `appId`: sent with every call, no secret. */
  @Column('text')
  publicId!: string;

  /** Keyed hash of a secret that is presented itself (netocr). */
  @Column({ type: 'bytea', nullable: true })
  secretHash!: Buffer | null;

  /** A secret that is needed to check signatures (jumdata), sealed. */
  @Column({ type: 'bytea', nullable: true })
  secretSealed!: Buffer | null;
}
