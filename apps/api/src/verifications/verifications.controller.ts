import { VerificationRequest, type VerificationView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type VerificationDetail, VerificationRequests, Verifications } from '@app/verification';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Purpose } from '../auth/purpose.decorator';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { Accepted } from '../http/accepted';
import { processingBasis } from '../http/processing-basis';
import { ResourceId } from '../http/resource-id.decorator';
import { idempotencyKey } from '../http/idempotency-key';
import { toVerificationView } from './verifications.mapper';

@Controller('v1/verifications')
export class VerificationsController {
  constructor(
    private readonly requests: VerificationRequests,
    private readonly verifications: Verifications,
    private readonly accepted: Accepted,
  ) {}

  @Post()
  @Scope('verification.write')
  async request(
    @Tenant() tenant: TenantContext,
    @Body({ schema: VerificationRequest }) body: VerificationRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationView> {
    const { id, isOpen } = await this.requests.request(
      tenant,
      { ...body, basis: processingBasis(request) },
      idempotencyKey(request.headers['idempotency-key']),
    );
    const detail = await this.accepted.answer(request, reply, {
      id,
      location: `/v1/verifications/${id}`,
      look: () => this.verifications.get(tenant, id),
      isDone: ({ verification }: VerificationDetail) => !verification.isOpen,
      mayBeDone: !isOpen,
    });
    return toVerificationView(detail, { masked: true });
  }

  @Get(':id')
  @Scope('verification.read')
  async get(@Tenant() tenant: TenantContext, @ResourceId() id: string, @Purpose() purpose: string | null): Promise<VerificationView> {
    return toVerificationView(await this.verifications.getWithBases(tenant, id, purpose), { masked: purpose === null });
  }
}
