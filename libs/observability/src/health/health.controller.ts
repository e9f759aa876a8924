import { Controller, Get, Res } from '@nestjs/common';
import { Health, type HealthReport } from './health';

/** The part of Fastify's reply that sets the status. */
interface StatusReply {
  status(code: number): unknown;
}

const UNAVAILABLE = 503;

/** The probes' three routes. They tell names of dependencies and nothing else, and need no key. */
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  live(): HealthReport {
    return this.health.live();
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: StatusReply): Promise<HealthReport> {
    return answered(await this.health.ready(), reply);
  }

  @Get('startup')
  async startup(@Res({ passthrough: true }) reply: StatusReply): Promise<HealthReport> {
    return answered(await this.health.startup(), reply);
  }
}

function answered(report: HealthReport, reply: StatusReply): HealthReport {
  if (report.status !== 'ok') reply.status(UNAVAILABLE);
  return report;
}
