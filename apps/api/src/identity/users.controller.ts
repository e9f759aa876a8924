import {
  RolesRequest,
  type SessionsEnded,
  UserChangeRequest,
  type UserPage,
  type UserPasswordView,
  UserQuery,
  UserRequest,
  type UserView,
} from '@app/contracts';
import type { TenantContext } from '@app/database';
import { Sessions, Users } from '@app/identity';
import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toUserPage, toUserPasswordView, toUserView } from './users.mapper';

/** The people of a tenant. */
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: Users,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @Scope('user.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: UserQuery }) query: UserQuery): Promise<UserPage> {
    return toUserPage(await this.users.page(tenant, query), query.limit);
  }

  @Post()
  @Scope('user.manage')
  async create(@Tenant() tenant: TenantContext, @Body({ schema: UserRequest }) body: UserRequest): Promise<UserPasswordView> {
    return toUserPasswordView(await this.users.create(tenant, body));
  }

  @Get(':id')
  @Scope('user.read')
  async get(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<UserView> {
    return toUserView(await this.users.get(tenant, id));
  }

  @Patch(':id')
  @Scope('user.manage')
  async change(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: UserChangeRequest }) body: UserChangeRequest,
  ): Promise<UserView> {
    return toUserView(await this.users.change(tenant, id, body));
  }

  @Put(':id/roles')
  @Scope('role.assign')
  async setRoles(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: RolesRequest }) { roles }: RolesRequest,
  ): Promise<UserView> {
    return toUserView(await this.users.setRoles(tenant, id, roles));
  }

  @Post(':id/unlock')
  @HttpCode(200)
  @Scope('user.manage')
  async unlock(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<UserView> {
    return toUserView(await this.users.unlock(tenant, id));
  }

  @Post(':id/password-reset')
  @HttpCode(200)
  @Scope('user.manage')
  async resetPassword(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<UserPasswordView> {
    return toUserPasswordView(await this.users.resetPassword(tenant, id));
  }

  @Post(':id/totp-reset')
  @HttpCode(200)
  @Scope('user.manage')
  async resetTotp(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<UserView> {
    return toUserView(await this.users.resetSecondFactor(tenant, id));
  }

  @Delete(':id/sessions')
  @Scope('user.manage')
  async endSessions(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<SessionsEnded> {
    await this.users.get(tenant, id);
    return { ended: await this.sessions.endAll(tenant, id) };
  }
}
