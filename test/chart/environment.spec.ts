import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiConfig, CliConfig, EgressConfig, SandboxConfig, WorkerConfig, parseConfig } from '@app/config';
import { environment, type Manifest, pods, render, renderJson } from './manifests';

const SCHEMAS = {
  api: ApiConfig,
  worker: WorkerConfig,
  webhooks: WorkerConfig,
  siem: WorkerConfig,
  egress: EgressConfig,
  migration: CliConfig,
  cli: CliConfig,
};
type Component = keyof typeof SCHEMAS;

/** What the mounted secrets hold, by the variable whose `_FILE` form names their file. */
const SECRETS: Record<string, string> = {
  PIAOYAN_DATABASE_URL: 'postgresql://role:password@db.bank.example:5432/piaoyan?sslmode=verify-full',
  PIAOYAN_HASH_KEY: '0'.repeat(64),
  PIAOYAN_MASTER_KEY: '0'.repeat(64),
  PIAOYAN_EVIDENCE_SIGNING_KEY: 'pem',
  PIAOYAN_AUDIT_SIGNING_KEY: 'a key in PEM',
  PIAOYAN_AUDIT_ANCHOR_BUCKET_KEY_ID: 'an account',
  PIAOYAN_AUDIT_ANCHOR_BUCKET_SECRET: 'its secret',
};

const WEBHOOKS = ['webhooks.targets=https://erp.bank.example', 'webhooks.cidrs[0].cidr=10.20.0.7/32', 'webhooks.cidrs[0].ports[0]=443'];
const SIEM = [
  ...['siem.url=tls://siem.bank.example:6514', 'siem.cidrs[0].cidr=10.20.0.9/32', 'siem.cidrs[0].ports[0]=6514', 'siem.format=cef'],
  ...['siem.tls.existingSecret=siem', 'siem.tls.clientCertificate=true'],
  ...[
    'siem.anchorBucket.url=https://store.bank.example/worm',
    'siem.anchorBucket.existingSecret=worm',
    'siem.anchorBucket.ownAuthority=true',
  ],
];

describe('the environment of each container', () => {
  const manifests = render(
    'commandLine.enabled=true',
    'worker.ocrWorkers=3',
    ...['api.access.clientCertHeader=client-cert', 'api.access.corsOrigins[0]=https://erp.bank.example'],
    'worker.trustedRoots.existingConfigMap=roots',
    'evidenceKey.existingSecret=evidence',
    'api.people.passwordList.existingConfigMap=refused-passwords',
    'worker.auditSigningKey.existingSecret=audit-signing-key',
    'worker.auditAnchors.existingClaim=anchors',
    ...WEBHOOKS,
    ...['api.signIn.existingSecret=sign-in', 'api.signIn.cidrs[0].cidr=10.30.0.7/32', 'api.signIn.cidrs[0].ports[0]=636'],
    ...[
      'api.malware.clamdUrl=tcp://clamd.bank.example:3310',
      'api.malware.cidrs[0].cidr=10.30.0.8/32',
      'api.malware.cidrs[0].ports[0]=3310',
    ],
    'metrics.enabled=true',
    ...SIEM,
    'webhooks.authorities.existingConfigMap=authorities',
    ...['providerFiles.existingConfigMap=providers', 'providerFiles.genericKey=generic.json', 'providerFiles.codesKey=codes.json'],
  );
  const containers = pods(manifests).flatMap(({ component, spec }) =>
    spec.containers.map((container) => ({ component: component as Component, container })),
  );

  it.each(containers)('of $component names only settings of that process', ({ component, container }) => {
    const known = Object.keys(SCHEMAS[component].shape);
    const given = Object.keys(environment(manifests, container)).map((name) => (known.includes(name) ? name : name.replace(/_FILE$/, '')));
    expect(known).toEqual(expect.arrayContaining(given));
  });

  /** What the chart gives to nobody, and why. */
  const WITHOUT_VALUE: Readonly<Record<string, string>> = {
    PIAOYAN_HTTP_TLS_CERT_FILE: 'the ingress ends TLS',
    PIAOYAN_HTTP_TLS_KEY_FILE: 'the ingress ends TLS',
    PIAOYAN_HTTP_TLS_CLIENT_CA_FILE: 'the ingress ends TLS',
    PIAOYAN_SESSION_PLAIN_HTTP: 'for a look on one machine',
    PIAOYAN_DATABASE_ALLOW_PLAIN: 'only with database.allowPlain',
    'cli PIAOYAN_CLAMD_URL': 'only api may reach the scanner: doctor asks it from there',
    'cli PIAOYAN_EGRESS_JOURNAL_DIR': 'the journal is on the volume of egress: doctor looks at it from there',
  };

  it.each([
    ['api', ['api']],
    ['worker', ['worker', 'webhooks', 'siem']],
    ['egress', ['egress']],
    ['cli', ['cli', 'migration']],
  ] as const)('of %s can be given whatever makes sense in production', (name, components) => {
    const given = containers
      .filter(({ component }) => (components as readonly string[]).includes(component))
      .flatMap(({ container }) => Object.keys(environment(manifests, container)));
    const missing = Object.keys(SCHEMAS[name].shape).filter(
      (variable) =>
        !given.includes(variable) &&
        !given.includes(`${variable}_FILE`) &&
        !(variable in WITHOUT_VALUE) &&
        !(`${name} ${variable}` in WITHOUT_VALUE),
    );
    expect(missing).toEqual([]);
  });

  it('reaches a scanner by its socket, where the folder of it is named', () => {
    const socket = 'api.malware.clamdUrl="unix:/run/clamav/clamd.sock"';
    expect(() => renderJson(socket)).toThrow('api.malware.socketFolder: name the folder');
    const { spec } = pods(renderJson(socket, 'api.malware.socketFolder="/run/clamav"')).find(({ component }) => component === 'api')!;
    expect(spec.volumes).toContainEqual({ name: 'scanner', hostPath: { path: '/run/clamav', type: 'Directory' } });
    expect(spec.containers[0]!.volumeMounts).toContainEqual({ name: 'scanner', mountPath: '/run/clamav', readOnly: true });
  });

  it.each(containers)('of $component is one the process starts with', ({ component, container }) => {
    expect(() => parseConfig(SCHEMAS[component], withSecrets(environment(manifests, container)))).not.toThrow();
  });

  it.each(containers)('of $component holds secrets as files only', ({ container }) => {
    expect(Object.keys(SECRETS).filter((name) => name in environment(manifests, container))).toEqual([]);
  });

  it('lets nothing start without TLS to the database, nor the api without a proxy that ends it, unless told', () => {
    const plain = { ...SECRETS, PIAOYAN_DATABASE_URL: 'postgresql://role:password@db.bank.example:5432/piaoyan' };
    const startedBy = (values: Manifest[]) =>
      pods(values)
        .filter(({ spec }) => spec.volumes.some(({ name }) => name === 'database'))
        .map(({ component, spec }) => {
          const env = withSecrets(environment(values, spec.containers[0]!), plain);
          return { component, start: () => parseConfig(SCHEMAS[component as Component], env) };
        });
    const options = ['commandLine.enabled=true', ...WEBHOOKS, ...SIEM];
    const refused = startedBy(render(...options));
    expect(refused.map(({ component }) => component).sort()).toEqual(['api', 'cli', 'migration', 'siem', 'webhooks', 'worker']);
    for (const { start } of refused) expect(start).toThrow('sslmode=verify-full');
    for (const { start } of startedBy(render(...options, 'database.allowPlain=true'))) expect(start).not.toThrow();
    expect(() => renderJson('api.trustedProxies=[]')).toThrow('api.trustedProxies: say what ends TLS');
  });

  it('mounts the authority of the database beside its URL', () => {
    const mounted = pods(render('database.caKey=ca')).flatMap(({ spec }) => spec.volumes.filter(({ name }) => name === 'database'));
    for (const { secret } of mounted) expect(secret?.['items']).toContainEqual({ key: 'ca', path: 'ca.crt' });
    expect(mounted.length).toBeGreaterThan(2);
  });

  it('writes large numbers in digits', () => {
    const api = containers.find(({ component }) => component === 'api')!;
    expect(environment(manifests, api.container)).toMatchObject({
      PIAOYAN_UPLOAD_MAX_BYTES: '20971520',
      PIAOYAN_UPLOAD_MAX_PIXELS: '50000000',
    });
  });

  it('leaves the number of reading threads to the worker unless told', () => {
    const worker = pods(render()).find(({ component }) => component === 'worker')!;
    expect(environment(render(), worker.spec.containers[0]!)).not.toHaveProperty('PIAOYAN_OCR_WORKERS');
  });

  it('tells whoever makes and whoever delivers webhooks the same targets', () => {
    const targets = containers.map(({ component, container }) => [component, environment(manifests, container)['PIAOYAN_WEBHOOK_TARGETS']]);
    expect(Object.fromEntries(targets)).toMatchObject({
      api: 'https://erp.bank.example',
      webhooks: 'https://erp.bank.example',
      worker: undefined,
    });
  });

  it('points at mounted paths', () => {
    for (const { container } of containers) {
      const mounted = container.volumeMounts.map(({ mountPath }) => mountPath);
      const paths = Object.values(environment(manifests, container)).filter((value) => value.startsWith('/') && !value.startsWith('/app/'));
      for (const path of paths) expect([path, mounted.some((mount) => path.startsWith(mount))]).toEqual([path, true]);
    }
  });
});

describe('docs/operations/configuration.md', () => {
  const page = readFileSync(join(__dirname, '../../docs/operations/configuration.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `(PIAOYAN_\w+)`/gm)].map(([, name]) => name);
  const variables = new Set(
    [ApiConfig, WorkerConfig, EgressConfig, SandboxConfig, CliConfig].flatMap((schema) => Object.keys(schema.shape)),
  );

  it('lists every setting, and none that does not exist', () => {
    expect([...new Set(documented)].sort()).toEqual([...variables].sort());
  });
});

/** The same environment as the process sees it once the mounted files are read. */
function withSecrets(given: Record<string, string>, secrets = SECRETS): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const secret = secrets[name.replace(/_FILE$/, '')];
      return secret === undefined ? [name, value] : [name.replace(/_FILE$/, ''), secret];
    }),
  );
}
