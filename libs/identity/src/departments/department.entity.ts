import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A part of the tenant, such as a branch or a counter; departments are a tree. */
@Entity('department')
export class Department {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column({ type: 'uuid', nullable: true })
  parentId!: string | null;

  @Column('text')
  name!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
