import { SettlementRequest, type SettlementView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { Settlements } from '@app/verification';
import { Body, Controller, Post } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toSettlementView } from './charges.mapper';

@Controller('v1/verifications/:id/settlement')
export class SettlementsController {
  constructor(private readonly settlements: Settlements) {}

  @Post()
  @Scope('charge.settle')
  async settle(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: SettlementRequest }) { attemptId, charge, reason }: SettlementRequest,
  ): Promise<SettlementView> {
    const order = { attemptId, charge, reason, source: 'operator', statement: null, providerCode: null, feeHao: null } as const;
    return toSettlementView(await this.settlements.settle(tenant, order, id));
  }
}
