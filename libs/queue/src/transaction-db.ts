import type { Db } from 'pg-boss';
import type { EntityManager } from 'typeorm';

/** Lets pg-boss run its statements on the connection of an open TypeORM transaction. */
export function insideTransaction(manager: EntityManager): Db {
  return {
    async executeSql(text: string, values: unknown[] = []) {
      // TypeORM answers rows for SELECT and INSERT … RETURNING, but [rows, count] for UPDATE and DELETE.
      const answer = await manager.query<unknown[]>(text, values);
      return { rows: Array.isArray(answer[0]) ? answer[0] : answer };
    },
  };
}
