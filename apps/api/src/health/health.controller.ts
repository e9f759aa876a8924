import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Public } from '../auth/public.decorator';

/** What a probe reads: `failing` names what is missing. */
export interface Health {
  status: 'ok' | 'unavailable';
  failing?: string[];
}

/** How long the database may take to answer before the api is called not ready. */
const DATABASE_DEADLINE_MS = 2_000;

@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  /** Never asks a dependency: a restart would not cure it. */
  @Get('live')
  live(): Health {
    return { status: 'ok' };
  }

  /** Nest answers requests only after every module has started. */
  @Get('startup')
  startup(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    if (await this.databaseAnswers()) return { status: 'ok' };
    void reply.status(503);
    return { status: 'unavailable', failing: ['database'] };
  }

  private async databaseAnswers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), DATABASE_DEADLINE_MS);
    });
    const asked = this.dataSource.query('select 1').then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
