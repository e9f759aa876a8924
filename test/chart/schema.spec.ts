import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { CHART } from './helm';

interface SchemaNode {
  type?: string;
  properties?: Record<string, SchemaNode>;
  additionalProperties?: boolean | SchemaNode;
  items?: SchemaNode;
  oneOf?: SchemaNode[];
  enum?: unknown[];
  $ref?: string;
}
const SchemaNode: z.ZodType<SchemaNode> = z.looseObject({
  type: z.string().optional(),
  properties: z
    .record(
      z.string(),
      z.lazy(() => SchemaNode),
    )
    .optional(),
  additionalProperties: z.union([z.boolean(), z.lazy(() => SchemaNode)]).optional(),
  items: z.lazy(() => SchemaNode).optional(),
  oneOf: z.array(z.lazy(() => SchemaNode)).optional(),
  enum: z.array(z.unknown()).optional(),
  $ref: z.string().optional(),
});

const root = z
  .looseObject({ definitions: z.record(z.string(), SchemaNode) })
  .and(SchemaNode)
  .parse(JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')));
const values = z.record(z.string(), z.unknown()).parse(load(readFileSync(join(CHART, 'values.yaml'), 'utf8')));

describe('values.schema.json', () => {
  it('types every node and closes every object', () => {
    const loose = [...walk(root, ''), ...Object.entries(root.definitions).flatMap(([name, node]) => [...walk(node, `#${name}`)])]
      .filter(([, node]) => !isTyped(node))
      .map(([path]) => path);
    expect(loose).toEqual([]);
  });

  it('knows exactly the keys of values.yaml', () => {
    expect([...schemaKeys(root, '')].sort()).toEqual([...valueKeys(values, '')].sort());
  });
});

function* walk(node: SchemaNode, path: string): Generator<[string, SchemaNode]> {
  yield [path, node];
  for (const [key, child] of Object.entries(node.properties ?? {})) yield* walk(child, `${path}.${key}`);
  if (typeof node.additionalProperties === 'object') yield* walk(node.additionalProperties, `${path}.*`);
  if (node.items) yield* walk(node.items, `${path}[]`);
  for (const [index, child] of (node.oneOf ?? []).entries()) yield* walk(child, `${path}|${index}`);
}

function isTyped(node: SchemaNode): boolean {
  if (node.$ref || node.enum || node.oneOf) return true;
  if (node.type === 'object')
    return node.properties !== undefined && node.additionalProperties !== undefined && node.additionalProperties !== true;
  if (node.type === 'array') return node.items !== undefined;
  return node.type !== undefined;
}

function resolved(node: SchemaNode): SchemaNode {
  if (!node.$ref) return node;
  const target = root.definitions[node.$ref.replace('#/definitions/', '')];
  if (!target) throw new Error(`${node.$ref} is not defined`);
  return target;
}

function* schemaKeys(unresolved: SchemaNode, path: string): Generator<string> {
  const node = resolved(unresolved);
  const children = Object.entries(node.properties ?? {});
  if (children.length === 0) yield path;
  for (const [key, child] of children) yield* schemaKeys(child, `${path}.${key}`);
}

function* valueKeys(value: unknown, path: string): Generator<string> {
  const children = isObject(value) ? Object.entries(value) : [];
  if (children.length === 0) yield path;
  for (const [key, child] of children) yield* valueKeys(child, `${path}.${key}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
