import type { Role } from '@app/tenancy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** From where people of a role may sign in and work. */
export interface RoleNetworks {
  role: Role;
  networks: string[];
}

/** What a tenant demands of its people beyond the installation. It can demand more, and never less. */
@Entity('sign_in_policy')
export class SignInPolicy {
  @PrimaryColumn('uuid')
  tenantId!: string;

  /** Counts the changes: of two people who change the same version, the second is told. */
  @Column('integer')
  version!: number;

  @Column('text')
  secondFactor!: 'installation' | 'everybody';

  /** Roles that are not here may sign in from anywhere. */
  @Column('jsonb')
  networks!: RoleNetworks[];

  @Column({ type: 'timestamptz' })
  changedAt!: Date;
}
