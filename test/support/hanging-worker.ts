import 'reflect-metadata';
import { type Handles, JobHandler, QueueModule } from '@app/queue';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** Takes a job and never ends it, as a process does that is killed at work. Says so on standard output. */
@JobHandler('receipt.read')
class HangingHandler implements Handles<'receipt.read'> {
  async handle(): Promise<void> {
    process.stdout.write('at work\n');
    await new Promise(() => undefined);
  }
}

const url = String(process.argv[2]);

@Module({ imports: [QueueModule.forWorker({ url, queues: ['receipt.read'] })], providers: [HangingHandler] })
class HangingWorkerModule {}

Logger.overrideLogger(false);
void NestFactory.createApplicationContext(HangingWorkerModule);
