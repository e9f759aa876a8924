import { loadAll } from 'js-yaml';
import { z } from 'zod';
import { template, type HelmResult } from './helm';

const Labels = z.record(z.string(), z.string());

const Container = z.looseObject({
  name: z.string(),
  image: z.string(),
  env: z.array(z.looseObject({ name: z.string() })).default([]),
  envFrom: z.array(z.strictObject({ configMapRef: z.strictObject({ name: z.string() }) })).default([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.int() })).default([]),
  securityContext: z.looseObject({}),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
  startupProbe: z.looseObject({ periodSeconds: z.int(), failureThreshold: z.int() }).optional(),
});
export type Container = z.infer<typeof Container>;

const Volume = z.looseObject({
  name: z.string(),
  secret: z.looseObject({ secretName: z.string() }).optional(),
  emptyDir: z.looseObject({ sizeLimit: z.string() }).optional(),
});

const PodSpec = z.looseObject({
  containers: z.array(Container),
  volumes: z.array(Volume),
  securityContext: z.looseObject({}),
});
export type PodSpec = z.infer<typeof PodSpec>;

const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: Labels, annotations: Labels.optional() }),
  spec: z.looseObject({}).optional(),
  data: Labels.optional(),
});
export type Manifest = z.infer<typeof Manifest>;

const Rule = z.strictObject({
  to: z.array(z.unknown()).optional(),
  from: z.array(z.unknown()).optional(),
  ports: z.array(z.strictObject({ protocol: z.string(), port: z.union([z.int(), z.string()]) })),
});
const Policy = z.strictObject({
  podSelector: z.strictObject({ matchLabels: Labels }),
  policyTypes: z.array(z.string()),
  ingress: z.array(Rule).default([]),
  egress: z.array(Rule).default([]),
});
export type Policy = z.infer<typeof Policy>;

/** One rendered pod with the component it belongs to. */
export interface RenderedPod {
  component: string;
  labels: Record<string, string>;
  spec: PodSpec;
}

/** Every object of the rendered chart; a render that fails throws what helm said. */
export function render(...set: string[]): Manifest[] {
  const key = set.join('\n');
  const manifests = rendered.get(key) ?? parsed(template(set));
  rendered.set(key, manifests);
  return manifests;
}

/** The same values render the same objects, and helm is started once for them. */
const rendered = new Map<string, Manifest[]>();

/** The same with values in JSON, for lists and objects. */
export function renderJson(...set: string[]): Manifest[] {
  return parsed(
    template(
      [],
      set.flatMap((pair) => ['--set-json', pair]),
    ),
  );
}

function parsed({ status, stdout, stderr }: HelmResult): Manifest[] {
  if (status !== 0) throw new Error(`helm template failed: ${stderr}`);
  const documents: unknown[] = loadAll(stdout);
  return documents.filter((document) => document !== null && document !== undefined).map((document) => Manifest.parse(document));
}

export function find(manifests: Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name} among ${names(manifests).join(', ')}`);
  return found;
}

export function names(manifests: Manifest[]): string[] {
  return manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

/** The pods of all workloads, whatever kind made them. */
export function pods(manifests: Manifest[]): RenderedPod[] {
  return manifests.flatMap(({ spec }) => {
    const pod = z.looseObject({ template: z.looseObject({ metadata: z.looseObject({ labels: Labels }), spec: PodSpec }) }).safeParse(spec);
    if (!pod.success) return [];
    const { metadata, spec: podSpec } = pod.data.template;
    return [{ component: metadata.labels['app.kubernetes.io/component'] ?? '', labels: metadata.labels, spec: podSpec }];
  });
}

/** The names of all environment variables a container is given, from its own list and from ConfigMaps. */
export function environment(manifests: Manifest[], container: Container): Record<string, string> {
  const own = container.env.map(({ name, value }) => [name, z.string().parse(value)] as const);
  const shared = container.envFrom.flatMap(({ configMapRef }) =>
    Object.entries(find(manifests, 'ConfigMap', configMapRef.name).data ?? {}),
  );
  return Object.fromEntries([...shared, ...own]);
}

/** The policies that select pods with these labels. */
export function policiesFor(manifests: Manifest[], labels: Record<string, string>): Policy[] {
  return manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => Policy.parse(spec))
    .filter(({ podSelector }) => Object.entries(podSelector.matchLabels).every(([key, value]) => labels[key] === value));
}
