import { Controller, Get, Header } from '@nestjs/common';
import { metricsRegistry } from './metrics';

/** For Prometheus. Without a key, so only on a listener that the public does not reach. */
@Controller('metrics')
export class MetricsController {
  @Get()
  @Header('content-type', metricsRegistry.contentType)
  async metrics(): Promise<string> {
    return metricsRegistry.metrics();
  }
}
