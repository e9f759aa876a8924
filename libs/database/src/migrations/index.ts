import { CreateTenancy1795305600000 } from './1795305600000-create-tenancy';
import { CreateAudit1795305660000 } from './1795305660000-create-audit';
import type { ForwardMigration } from './forward-migration';

/** Every migration, oldest first. A new one is added at the end, and is never edited once released. */
export const MIGRATIONS: readonly (new () => ForwardMigration)[] = [CreateTenancy1795305600000, CreateAudit1795305660000];
