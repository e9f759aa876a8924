import { z } from 'zod';

/** The parameters of a query, as its schema has them. */
export function queryParameters(query: z.ZodType): object[] {
  const { properties, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    ...(required.includes(name) && { required: true }),
    schema,
  }));
}
