import { AuditLog, AuditModule } from '@app/audit';
import { UnitOfWork } from '@app/database';
import {
  type DynamicModule,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SYSTEM_CLOCK } from '../clock';
import { SignInSweep } from './sign-in-sweep';

const EVERY_MS = 3_600_000;

/** Runs the sweep when the process starts and every hour. Several workers may: a row is gone once. */
@Injectable()
class SweepHourly implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('SignInSweep');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(@Inject(SignInSweep) private readonly sweep: SignInSweep) {}

  onApplicationBootstrap(): void {
    const run = (): void => {
      this.running = this.running.then(() => this.once());
    };
    run();
    this.timer = setInterval(run, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async once(): Promise<void> {
    try {
      await this.sweep.run(SYSTEM_CLOCK.now());
    } catch (error) {
      this.logger.error({ err: error, msg: 'sign-ins were not swept; tried again in an hour' });
    }
  }
}

/** For the worker that keeps house. Needs the database. */
@Module({})
export class SignInSweepModule {
  static forRoot(): DynamicModule {
    const sweep = {
      provide: SignInSweep,
      inject: [DataSource, UnitOfWork, AuditLog],
      useFactory: (dataSource: DataSource, unitOfWork: UnitOfWork, audit: AuditLog) => new SignInSweep(dataSource, unitOfWork, audit),
    };
    return { module: SignInSweepModule, imports: [AuditModule], providers: [sweep, SweepHourly], exports: [SignInSweep] };
  }
}
