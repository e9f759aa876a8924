import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** One customer of the appliance, such as a bank's department. Everything belongs to exactly one. */
@Entity('tenant')
export class Tenant {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}
