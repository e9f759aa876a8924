import {
  type WebhookDeliveryPage,
  WebhookDeliveryQuery,
  type WebhookDeliveryView,
  WebhookEndpointChange,
  type WebhookEndpointList,
  WebhookEndpointRequest,
  type WebhookEndpointSecretView,
  type WebhookEndpointView,
  type WebhookRedriveView,
  WebhookRotationRequest,
} from '@app/contracts';
import type { TenantContext } from '@app/database';
import { WebhookDeliveries, WebhookEndpoints } from '@app/webhooks';
import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toWebhookDeliveryPage, toWebhookDeliveryView, toWebhookEndpointSecretView, toWebhookEndpointView } from './webhooks.mapper';

@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly deliveries: WebhookDeliveries,
  ) {}

  @Get()
  @Scope('webhook.read')
  async list(@Tenant() tenant: TenantContext): Promise<WebhookEndpointList> {
    return { items: (await this.endpoints.list(tenant)).map(toWebhookEndpointView) };
  }

  @Post()
  @Scope('webhook.manage')
  async create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: WebhookEndpointRequest }) body: WebhookEndpointRequest,
  ): Promise<WebhookEndpointSecretView> {
    return toWebhookEndpointSecretView(await this.endpoints.create(tenant, body));
  }

  @Get('deliveries')
  @Scope('webhook.read')
  async listDeliveries(
    @Tenant() tenant: TenantContext,
    @Query({ schema: WebhookDeliveryQuery }) query: WebhookDeliveryQuery,
  ): Promise<WebhookDeliveryPage> {
    return toWebhookDeliveryPage(await this.deliveries.page(tenant, query));
  }

  @Post('deliveries/:id/redrive')
  @HttpCode(202)
  @Scope('webhook.manage')
  async redrive(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<WebhookDeliveryView> {
    return toWebhookDeliveryView(await this.deliveries.redrive(tenant, id));
  }

  @Get(':id')
  @Scope('webhook.read')
  async get(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<WebhookEndpointView> {
    return toWebhookEndpointView(await this.endpoints.get(tenant, id));
  }

  @Patch(':id')
  @Scope('webhook.manage')
  async change(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: WebhookEndpointChange }) body: WebhookEndpointChange,
  ): Promise<WebhookEndpointView> {
    return toWebhookEndpointView(await this.endpoints.change(tenant, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Scope('webhook.manage')
  async remove(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<void> {
    await this.endpoints.remove(tenant, id);
  }

  @Post(':id/rotate')
  @Scope('webhook.manage')
  async rotate(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: WebhookRotationRequest }) body: WebhookRotationRequest,
  ): Promise<WebhookEndpointSecretView> {
    return toWebhookEndpointSecretView(await this.endpoints.rotate(tenant, id, body.overlapHours));
  }

  @Post(':id/test')
  @HttpCode(202)
  @Scope('webhook.manage')
  async test(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<WebhookDeliveryView> {
    return toWebhookDeliveryView(await this.endpoints.test(tenant, id));
  }

  @Post(':id/redrive')
  @HttpCode(202)
  @Scope('webhook.manage')
  async redriveAll(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<WebhookRedriveView> {
    return this.deliveries.redriveAll(tenant, id);
  }
}
