import { ProblemError } from '@app/contracts';
import { serialize, type TenantContext, type Tx } from '@app/database';
import { IsNull, QueryFailedError } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { IdentityParts } from '../identity-parts';
import { Department } from './department.entity';

/** What a department is to be. `parentId` null: it stands at the top. */
export interface DepartmentWish {
  name: string;
  parentId: string | null;
}

/** Deeper than any bank; it bounds the walk that looks for circles. */
const MOST_LEVELS = 16;
const MOST_DEPARTMENTS = 5_000;

/** The tree of a tenant's departments. Changes wait for one another: two of them could close a circle that neither sees. */
export class Departments {
  constructor(private readonly parts: IdentityParts) {}

  /** All of them, by name. */
  async list(tenant: TenantContext): Promise<Department[]> {
    return this.parts.unitOfWork.run(tenant, ({ manager }) =>
      manager.find(Department, { where: { tenantId: tenant.tenantId }, order: { name: 'ASC', id: 'ASC' }, take: MOST_DEPARTMENTS }),
    );
  }

  /** @throws ProblemError department-taken, department-place */
  async create(tenant: TenantContext, { name, parentId }: DepartmentWish): Promise<Department> {
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      await serialize(tx, 'departments');
      const made = { id: uuidv7(), tenantId: tenant.tenantId, name, parentId, createdAt: this.parts.clock.now() };
      const department = Object.assign(new Department(), made);
      await this.refuseWrongPlace(tx, department);
      await writing(() => tx.manager.insert(Department, department));
      await this.parts.audit.append(tx, recordOf('department.create', department));
      return department;
    });
  }

  /** @throws ProblemError not-found, department-taken, department-place */
  async change(tenant: TenantContext, id: string, wish: Partial<DepartmentWish>): Promise<Department> {
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      await serialize(tx, 'departments');
      const before = await find(tx, id);
      if (!before) throw new ProblemError('not-found');
      const department = Object.assign(new Department(), before, wish);
      await this.refuseWrongPlace(tx, department);
      const { name, parentId } = department;
      await writing(() => tx.manager.update(Department, { id, tenantId: tenant.tenantId }, { name, parentId }));
      await this.parts.audit.append(tx, recordOf('department.update', department));
      return department;
    });
  }

  /** A department must not stand below itself, nor too deep, nor where nothing is; and no two of one name beside one another. */
  private async refuseWrongPlace(tx: Tx, { id, name, parentId }: Pick<Department, 'id' | 'name' | 'parentId'>): Promise<void> {
    let above = parentId;
    for (let level = 1; above !== null; level += 1) {
      const department: Department | null = above === id || level > MOST_LEVELS ? null : await find(tx, above);
      if (!department) throw new ProblemError('department-place');
      above = department.parentId;
    }
    const beside = await tx.manager.findOneBy(Department, {
      tenantId: tx.tenant.tenantId,
      name,
      parentId: parentId === null ? IsNull() : parentId,
    });
    if (beside && beside.id !== id) throw new ProblemError('department-taken');
  }
}

async function find(tx: Tx, id: string): Promise<Department | null> {
  return tx.manager.findOneBy(Department, { tenantId: tx.tenant.tenantId, id });
}

async function writing(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const code = error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : undefined;
    throw code === 'department_name_uq' ? new ProblemError('department-taken', { cause: error }) : error;
  }
}

function recordOf(action: 'department.create' | 'department.update', { id, name, parentId }: Department) {
  return { action, targetType: 'department', targetId: id, detail: { name, parentId } };
}
