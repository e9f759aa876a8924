export { DailySchedule } from './daily-schedule';
export { JobHandlerError } from './handler-registry';
export * from './job-handler';
export * from './job-queue';
export * from './permanent-job.error';
export * from './queue.module';
export * from './with-job-queue';
