import type { DataSource } from 'typeorm';

/** Health indicator `database`: rejects when it does not answer. */
export function databaseHealth(dataSource: DataSource): { name: string; check(): Promise<void> } {
  return {
    name: 'database',
    check: async () => {
      await dataSource.query('select 1');
    },
  };
}
