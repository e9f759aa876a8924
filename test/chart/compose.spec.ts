import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiConfig, CliConfig, EgressConfig, SandboxConfig, WorkerConfig, parseConfig } from '@app/config';
import { JOB_NAMES } from '@app/contracts';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { z } from 'zod';

const DIRECTORY = join(__dirname, '../../deploy/compose');
const SCHEMAS = { migrate: CliConfig, api: ApiConfig, worker: WorkerConfig, egress: EgressConfig, sandbox: SandboxConfig, cli: CliConfig };
type Process = keyof typeof SCHEMAS;
const PROCESSES = Object.keys(SCHEMAS) as Process[];

/** A file as it is without a .env file, which leaves of `${NAME:-default}` the default. */
function read(name: string): unknown {
  const text = readFileSync(join(DIRECTORY, name), 'utf8').replace(/\$\{\w+:-([^}]*)\}/g, '$1');
  return load(text, { filename: name, schema: YAML11_SCHEMA });
}

const Service = z.looseObject({
  image: z.string(),
  user: z.string(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  profiles: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
});
const compose = z
  .looseObject({
    services: z.record(z.string(), Service),
    networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() })),
    secrets: z.record(z.string(), z.looseObject({ file: z.string() })),
  })
  .parse(read('compose.yaml'));

const service = (name: string) => compose.services[name]!;

describe('compose.yaml', () => {
  it('starts the set, and the sandbox and the command line only when asked', () => {
    const started = Object.entries(compose.services).filter(([, { profiles }]) => profiles.length === 0);
    expect(started.map(([name]) => name).sort()).toEqual(['api', 'egress', 'migrate', 'postgres', 'worker']);
  });

  it.each(Object.keys(compose.services))('restricts %s', (name) => {
    expect(service(name)).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service(name).user).not.toMatch(/^(0|root)/);
  });

  it.each(PROCESSES)('gives %s settings it starts with, secrets as files', (name) => {
    const { environment } = service(name);
    const known = Object.keys(SCHEMAS[name].shape);
    const given = Object.keys(environment).map((variable) => (known.includes(variable) ? variable : variable.replace(/_FILE$/, '')));
    expect(known).toEqual(expect.arrayContaining(given));
    expect(Object.keys(environment)).not.toEqual(expect.arrayContaining(['PIAOYAN_DATABASE_URL']));
    expect(() => parseConfig(SCHEMAS[name], withSecrets(environment))).not.toThrow();
  });

  it.each(PROCESSES)('mounts the files that the settings of %s name', (name) => {
    const { environment, secrets } = service(name);
    const named = Object.values(environment).flatMap((value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? []);
    expect(secrets.slice().sort()).toEqual(named.sort());
    expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(secrets));
  });

  it('puts egress alone on a network with a route out', () => {
    const open = Object.entries(compose.networks).filter(([, { internal }]) => internal !== true);
    expect(open.map(([name]) => name)).toEqual(['front', 'out']);
    expect(membersOf('out')).toEqual(['egress']);
    expect(membersOf('front')).toEqual(['api']);
    expect(membersOf('scan')).toEqual(['api']);
    expect(compose.networks['front']).toMatchObject({ driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } });
  });

  it('keeps egress away from the database, the api and the stored originals', () => {
    expect(membersOf('core')).toEqual(['api', 'cli', 'migrate', 'postgres', 'worker']);
    expect(membersOf('zone')).toEqual(['egress', 'worker']);
    expect(service('egress').volumes).toEqual(['journal:/var/lib/piaoyan/journal']);
  });

  it('offers the console on loopback unless told', () => {
    const published = Object.entries(compose.services).filter(([, { ports }]) => ports.length > 0);
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([['api', ['127.0.0.1:8080:8080']]]);
  });

  it('believes the gateway of the network that the port is published on, and nobody else', () => {
    const { ipam } = z
      .looseObject({ ipam: z.looseObject({ config: z.tuple([z.object({ subnet: z.string() })]) }) })
      .parse(compose.networks['front']);
    const gateway = ipam.config[0].subnet.replace(/\.0\/24$/, '.1');
    expect(parseConfig(ApiConfig, withSecrets(service('api').environment)).PIAOYAN_TRUSTED_PROXIES).toEqual([gateway]);
    expect(readFileSync(join(DIRECTORY, '.env.example'), 'utf8')).toContain(`TRUSTED_PROXIES=${gateway}\n`);
  });

  it('says in .env.example each variable that it takes from there, with the default that it has without', () => {
    const files = ['compose.yaml', 'siem.yaml', 'webhooks.yaml', 'anchor-bucket.yaml', 'metrics.yaml', 'clamd-socket.yaml'];
    const taken = files.flatMap((file) => [...readFileSync(join(DIRECTORY, file), 'utf8').matchAll(/\$\{(\w+):-([^}]*)\}/g)]);
    const said = new Map(
      [...readFileSync(join(DIRECTORY, '.env.example'), 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    for (const [, name, value] of taken) expect([name, said.get(name)]).toEqual([name, value]);
    expect([...said.keys()].sort()).toEqual([...new Set(taken.map(([, name]) => name))].sort());
  });

  it('takes every secret from the folder that prepare.sh closes', () => {
    expect(Object.entries(compose.secrets).map(([, { file }]) => file)).toEqual(
      Object.keys(compose.secrets).map((name) => `./secrets/${name}`),
    );
  });
});

describe('webhooks.yaml', () => {
  const added = z
    .strictObject({ services: z.record(z.string(), Service), networks: z.record(z.string(), z.unknown()) })
    .parse(read('webhooks.yaml'));
  const webhooks = added.services['webhooks']!;

  it('adds one service, restricted as the others are, and a network that no other service is on', () => {
    expect([Object.keys(added.services), Object.keys(added.networks)]).toEqual([['webhooks'], ['receivers']]);
    expect(webhooks).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], user: '10001:10001' });
    expect(Object.keys(compose.networks)).not.toContain('receivers');
  });

  it('keeps it away from the originals and from egress', () => {
    expect([webhooks.volumes, webhooks.networks]).toEqual([[], ['core', 'receivers']]);
  });

  it('gives it settings it starts with, and the queue that the worker leaves to it', () => {
    const { environment, secrets } = webhooks;
    const config = parseConfig(WorkerConfig, withSecrets(environment));
    const left = parseConfig(WorkerConfig, withSecrets(service('worker').environment)).PIAOYAN_WORKER_QUEUES;
    expect([...config.PIAOYAN_WORKER_QUEUES, ...left].sort()).toEqual([...JOB_NAMES].sort());
    expect(Object.values(environment).flatMap((value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? [])).toEqual(secrets);
  });
});

describe('siem.yaml', () => {
  const added = z
    .strictObject({ services: z.record(z.string(), Service), networks: z.record(z.string(), z.unknown()) })
    .parse(read('siem.yaml'));
  const siem = added.services['siem']!;

  it('adds one service, restricted as the others are, on a network of its own, away from the originals and from egress', () => {
    expect([Object.keys(added.services), Object.keys(added.networks)]).toEqual([['siem'], ['siem']]);
    expect(siem).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], user: '10001:10001' });
    expect([siem.volumes, siem.networks]).toEqual([['./siem:/run/siem:ro'], ['core', 'siem']]);
  });

  it('gives it settings it starts with, and no job', () => {
    const config = parseConfig(WorkerConfig, withSecrets(siem.environment));
    expect(config).toMatchObject({ PIAOYAN_WORKER_QUEUES: [], PIAOYAN_SIEM_FORMAT: 'rfc5424', PIAOYAN_SIEM_ALLOW_PLAIN: false });
  });
});

describe('what is laid beside compose.yaml', () => {
  const Laid = z.looseObject({
    services: z.record(
      z.string(),
      z.strictObject({
        environment: z.record(z.string(), z.string()),
        secrets: z.array(z.string()).default([]),
        networks: z.array(z.string()).default([]),
      }),
    ),
  });

  it('gives the service of the SIEM a bucket for anchors, with its account in files of the closed folder', () => {
    const laid = Laid.extend({ secrets: z.record(z.string(), z.strictObject({ file: z.string() })) }).parse(read('anchor-bucket.yaml'));
    const { environment, secrets } = laid.services['siem']!;
    expect(Object.entries(laid.secrets).map(([name, { file }]) => [name, file])).toEqual(
      secrets.map((name) => [name, `./secrets/${name}`]),
    );
    const { environment: own } = z.looseObject({ services: z.record(z.string(), Service) }).parse(read('siem.yaml')).services['siem']!;
    const config = parseConfig(WorkerConfig, withSecrets({ ...own, ...environment }));
    expect(config).toMatchObject({ PIAOYAN_AUDIT_ANCHOR_BUCKET_KEY_ID: 'an account', PIAOYAN_AUDIT_ANCHOR_BUCKET_SECRET: 'its secret' });
  });

  it('lets api reach a scanner of this machine by its socket, and gives it nothing else', () => {
    const laid = z.strictObject({ services: z.strictObject({ api: z.strictObject({ volumes: z.array(z.string()) }) }) });
    expect(laid.parse(read('clamd-socket.yaml')).services.api.volumes).toEqual(['/run/clamav:/run/clamav:ro']);
  });

  it('opens metrics on a network for each process, from which nothing leaves and on which no two meet', () => {
    const laid = Laid.extend({ networks: z.record(z.string(), z.strictObject({ internal: z.literal(true) })) }).parse(read('metrics.yaml'));
    const joined = Object.values(laid.services).flatMap(({ networks }) => networks);
    expect([new Set(joined).size, joined.slice().sort()]).toEqual([3, Object.keys(laid.networks).sort()]);
    for (const [name, { environment }] of Object.entries(laid.services)) {
      const whole = withSecrets({ ...service(name).environment, ...environment });
      expect(() => parseConfig(SCHEMAS[name as Process], whole)).not.toThrow();
    }
  });
});

function membersOf(network: string): string[] {
  return Object.keys(compose.services)
    .filter((name) => service(name).networks.includes(network))
    .sort();
}

/** The same environment as the process sees it once the secret files are read. */
function withSecrets(environment: Record<string, string>): Record<string, string> {
  const replaced = Object.entries(environment).map(([name, value]) => {
    if (value.endsWith('-database-url')) return ['PIAOYAN_DATABASE_URL', 'postgresql://role:password@postgres:5432/piaoyan'];
    if (value.endsWith('/hash-key')) return ['PIAOYAN_HASH_KEY', '0'.repeat(64)];
    if (value.endsWith('/master-key')) return ['PIAOYAN_MASTER_KEY', '0'.repeat(64)];
    if (value.endsWith('/anchor-bucket-key-id')) return ['PIAOYAN_AUDIT_ANCHOR_BUCKET_KEY_ID', 'an account'];
    if (value.endsWith('/anchor-bucket-secret')) return ['PIAOYAN_AUDIT_ANCHOR_BUCKET_SECRET', 'its secret'];
    if (value.endsWith('/audit-signing-key')) return ['PIAOYAN_AUDIT_SIGNING_KEY', 'a key in PEM'];
    return [name, value];
  });
  return Object.fromEntries(replaced) as Record<string, string>;
}
