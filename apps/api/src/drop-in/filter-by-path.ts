import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemFilter } from '../http/problem.filter';
import { dropInDialectOf } from './drop-in-path';
import { JumdataFilter } from './jumdata/jumdata.filter';
import { NetocrFilter } from './netocr/netocr.filter';

/**
 * Chooses how a failure is told by the address that was asked, also where no route was found or the framework itself refused: a client of
 * a provider knows nothing of problem details.
 */
@Catch()
export class FilterByPath implements ExceptionFilter {
  private readonly native = new ProblemFilter();
  private readonly dialects = { netocr: new NetocrFilter(), jumdata: new JumdataFilter() };

  catch(error: unknown, host: ArgumentsHost): void {
    const dialect = dropInDialectOf(host.switchToHttp().getRequest<FastifyRequest>().url);
    const filter = dialect === null ? this.native : this.dialects[dialect];
    filter.catch(error, host);
  }
}
