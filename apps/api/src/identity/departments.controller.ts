import { DepartmentChangeRequest, type DepartmentList, DepartmentRequest, type DepartmentView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type Department, Departments } from '@app/identity';
import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';

/** The tree of a tenant's departments. */
@Controller('v1/departments')
export class DepartmentsController {
  constructor(private readonly departments: Departments) {}

  @Get()
  @Scope('user.read')
  async list(@Tenant() tenant: TenantContext): Promise<DepartmentList> {
    return { items: (await this.departments.list(tenant)).map(toDepartmentView) };
  }

  @Post()
  @Scope('user.manage')
  async create(@Tenant() tenant: TenantContext, @Body({ schema: DepartmentRequest }) body: DepartmentRequest): Promise<DepartmentView> {
    return toDepartmentView(await this.departments.create(tenant, body));
  }

  @Patch(':id')
  @Scope('user.manage')
  async change(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: DepartmentChangeRequest }) body: DepartmentChangeRequest,
  ): Promise<DepartmentView> {
    return toDepartmentView(await this.departments.change(tenant, id, body));
  }
}

function toDepartmentView({ id, name, parentId }: Department): DepartmentView {
  return { id, name, parentId };
}
