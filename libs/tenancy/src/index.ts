export * from './api-key.entity';
export { ApiKeys, type Authentication, type NewApiKey } from './api-keys.service';
export * from './scope';
export * from './tenancy.module';
export * from './tenant-admin.service';
export * from './tenant.entity';
export * from './tenant.error';
export * from './with-tenant-admin';
