import { Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller';

/** Serves GET /metrics. For a server of its own or that of the probes, never for one that callers reach. */
@Module({ controllers: [MetricsController] })
export class MetricsModule {}
