import { find, pods, render, type Container, type PodSpec } from './manifests';

const WEBHOOKS = ['webhooks.targets=https://erp.bank.example', 'webhooks.cidrs[0].cidr=10.20.0.7/32', 'webhooks.cidrs[0].ports[0]=443'];
const SIEM = ['siem.url=tls://siem.bank.example:6514', 'siem.cidrs[0].cidr=10.20.0.9/32', 'siem.cidrs[0].ports[0]=6514'];
const manifests = render('commandLine.enabled=true', ...WEBHOOKS, ...SIEM);
const rendered = pods(manifests);
const everyPod = rendered.map(({ component, spec }) => [component, spec] as const);

/** The volume types of the restricted Pod Security Standard that the chart uses. */
const ALLOWED_VOLUMES = ['emptyDir', 'persistentVolumeClaim', 'secret'];

describe('pods', () => {
  it('are these and no others', () => {
    expect(rendered.map(({ component }) => component).sort()).toEqual(['api', 'cli', 'egress', 'migration', 'siem', 'webhooks', 'worker']);
  });

  it.each(everyPod)('%s meets the restricted profile', (_component, spec) => {
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } });
    expect([spec.hostNetwork, spec.hostPID, spec.hostIPC, spec.initContainers]).toEqual([undefined, undefined, undefined, undefined]);
    for (const container of spec.containers) expectRestricted(container);
    for (const { name, ...source } of spec.volumes)
      expect([name, ALLOWED_VOLUMES]).toEqual([name, expect.arrayContaining(Object.keys(source))]);
  });

  it.each(everyPod)('%s has no token of the Kubernetes API', (_component, spec) => {
    expect(spec).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: 'default' });
  });

  it.each(everyPod)('%s gets no variables for the Services around it, which start with PIAOYAN_ too', (_component, spec) => {
    expect(spec.enableServiceLinks).toBe(false);
  });

  it.each(everyPod)('%s bounds its memory, its processor and its scratch space', (_component, spec) => {
    for (const { resources } of spec.containers) {
      expect(resources).toMatchObject({
        requests: { cpu: expect.any(String) as string, memory: expect.any(String) as string },
        limits: { cpu: expect.any(String) as string, memory: expect.any(String) as string },
      });
    }
    for (const { emptyDir, name } of spec.volumes)
      if (emptyDir) expect([name, emptyDir.sizeLimit]).toEqual(['tmp', expect.stringMatching(/Mi$/)]);
  });

  it.each(everyPod)('%s mounts every volume it names and secrets read-only', (component, spec) => {
    const mounts = spec.containers.flatMap(({ volumeMounts }) => volumeMounts);
    const fromClaimTemplate = component === 'egress' ? ['journal'] : [];
    expect(mounts.map(({ name }) => name).sort()).toEqual([...spec.volumes.map(({ name }) => name), ...fromClaimTemplate].sort());
    for (const { name, secret } of spec.volumes) {
      if (secret) expect(mounts.find((mount) => mount.name === name)).toMatchObject({ readOnly: true });
    }
  });
});

describe('images', () => {
  const images = (...set: string[]) => pods(render(...set)).flatMap(({ spec }) => spec.containers.map(({ image }) => image));

  it('all start with the registry of the bank', () => {
    for (const image of images('global.imageRegistry=registry.bank.example/tools'))
      expect(image).toBe('registry.bank.example/tools/piaoyan/piaoyan:0.1.0');
  });

  it('are fixed by the digest when there is one', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    for (const image of images(`image.digest=${digest}`, 'image.tag=ignored')) expect(image).toBe(`piaoyan/piaoyan@${digest}`);
  });

  it('are pulled with the named secrets by every pod', () => {
    for (const { spec } of pods(render('global.imagePullSecrets={one,two}')))
      expect(spec.imagePullSecrets).toEqual([{ name: 'one' }, { name: 'two' }]);
  });
});

describe('secrets', () => {
  const secretsOf = (component: string) =>
    rendered.find((pod) => pod.component === component)!.spec.volumes.flatMap(({ secret }) => secret?.secretName ?? []);

  it('reach only the process that needs them', () => {
    expect(secretsOf('api')).toEqual(['piaoyan-database', 'piaoyan-hash-key', 'piaoyan-master-key']);
    expect(secretsOf('worker')).toEqual(['piaoyan-database', 'piaoyan-hash-key', 'piaoyan-master-key', 'piaoyan-worker-tls']);
    expect(secretsOf('egress')).toEqual(['piaoyan-egress-tls', 'piaoyan-providers']);
    expect(secretsOf('migration')).toEqual(['piaoyan-database-owner']);
    expect(secretsOf('cli')).toEqual(['piaoyan-database-owner', 'piaoyan-hash-key', 'piaoyan-master-key']);
  });

  it('come with the stored originals, beside which worker writes the pictures of their pages', () => {
    const storage = (component: string) =>
      rendered.find((pod) => pod.component === component)!.spec.containers[0]!.volumeMounts.find(({ name }) => name === 'storage');
    expect(storage('api')).toEqual({ name: 'storage', mountPath: '/var/lib/piaoyan/storage' });
    expect(storage('worker')).toEqual({ name: 'storage', mountPath: '/var/lib/piaoyan/storage' });
  });

  it.each(['webhooks', 'siem'])('leave %s without the stored originals and without a way to egress', (component) => {
    const pod = rendered.find((one) => one.component === component)!;
    expect(pod.spec.volumes.map(({ name }) => name)).toEqual(['tmp', 'database', 'master-key']);
  });

  it('leave egress without a database and without the stored originals', () => {
    const egress = rendered.find((pod) => pod.component === 'egress')!;
    expect(egress.spec.volumes.map(({ name }) => name)).toEqual(['tmp', 'tls', 'providers']);
    expect(find(manifests, 'ConfigMap', 'bank-piaoyan-egress').data).not.toHaveProperty('PIAOYAN_STORAGE_DIR');
  });
});

describe('metrics', () => {
  const scraped = (...set: string[]) =>
    Object.fromEntries(
      render(...set).flatMap(({ metadata, spec }) => {
        const { template } = (spec ?? {}) as { template?: { metadata: { annotations?: Record<string, string> } } };
        const port = template?.metadata.annotations?.['prometheus.io/port'];
        return port === undefined ? [] : [[metadata.name, port]];
      }),
    );

  it('are announced at the port that tells them, and only when asked', () => {
    expect(scraped('metrics.enabled=true')).toEqual({});
    expect(scraped('metrics.enabled=true', 'metrics.annotations=true', ...WEBHOOKS, ...SIEM)).toEqual({
      'bank-piaoyan-api': '9464',
      'bank-piaoyan-worker': '8081',
      'bank-piaoyan-webhooks': '8081',
      'bank-piaoyan-siem': '8081',
      'bank-piaoyan-egress': '8082',
    });
  });
});

describe('probes', () => {
  const long = rendered
    .filter(({ component }) => !['migration', 'cli'].includes(component))
    .map(({ component, spec }) => [component, spec] as const);

  it.each(long)('of %s ask the three health routes, and life asks no dependency', (_component, spec) => {
    expect(spec.containers[0]).toMatchObject({
      startupProbe: { httpGet: { path: '/health/startup' } },
      livenessProbe: { httpGet: { path: '/health/live' } },
      readinessProbe: { httpGet: { path: '/health/ready' } },
    });
  });

  it.each(long)('of %s ask a port the container has', (_component, spec) => {
    const [container] = spec.containers;
    const asked = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((probe) => probePort(container!, probe));
    expect(container!.ports.map(({ name }) => name)).toEqual(expect.arrayContaining(asked));
  });

  it('wait five minutes for a worker to load and warm its models', () => {
    expect(startupSeconds(rendered.find(({ component }) => component === 'worker')!.spec)).toBe(300);
  });
});

function expectRestricted({ securityContext }: Container): void {
  expect(securityContext).toEqual({
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  });
}

function probePort(container: Container, probe: string): unknown {
  const { httpGet } = container[probe] as { httpGet: { port: unknown } };
  return httpGet.port;
}

function startupSeconds(spec: PodSpec): number {
  const probe = spec.containers[0]!.startupProbe!;
  return probe.periodSeconds * probe.failureThreshold;
}
