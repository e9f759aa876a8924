export * from './job-handler';
export * from './job-queue';
export * from './permanent-job.error';
export * from './queue.module';
