export * from './audit-action';
export * from './audit-log';
