import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiConfig } from './api.config';
import { CliConfig } from './cli.config';
import { ConfigError } from './config.error';
import { EgressConfig } from './egress.config';
import { parseConfig } from './parse-config';
import type { Environment } from './read-variables';
import { WorkerConfig } from './worker.config';

const KEY = 'k'.repeat(32);
const API = {
  PIAOYAN_DATABASE_URL: 'postgresql://piaoyan_api:hunter2@db.bank.example:5432/piaoyan?sslmode=verify-full',
  PIAOYAN_STORAGE_DIR: '/var/lib/piaoyan',
  PIAOYAN_HASH_KEY: KEY,
  PIAOYAN_MASTER_KEY: 'e'.repeat(64),
};

function problemsOf(env: Environment, schema: Parameters<typeof parseConfig>[0] = ApiConfig): readonly string[] {
  try {
    parseConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseConfig', () => {
  let dir: string;
  const file = (name: string, content: string) => {
    const path = join(dir, name);
    writeFileSync(path, content);
    return path;
  };
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'piaoyan-config-'))));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('takes the age of bills in days or as a year, with or without the last day', () => {
    const windows = parseConfig(ApiConfig, { ...API, PIAOYAN_NETOCR_WINDOW: '1825', PIAOYAN_JUMDATA_WINDOW: 'year exclusive' });
    expect(windows.PIAOYAN_NETOCR_WINDOW).toEqual({ window: 1825, lastDayCounts: true });
    expect(windows.PIAOYAN_JUMDATA_WINDOW).toEqual({ window: 'year', lastDayCounts: false });
    for (const wrong of ['0', '-1', 'years', '1e3', 'year inclusive']) {
      expect(problemsOf({ ...API, PIAOYAN_NETOCR_WINDOW: wrong }).join()).toContain('PIAOYAN_NETOCR_WINDOW');
    }
  });

  it('lets sessions go without TLS on loopback only', () => {
    const plain = { ...API, PIAOYAN_SESSION_PLAIN_HTTP: 'true', PIAOYAN_HTTP_TLS_CERT_FILE: '/run/tls.crt' };
    for (const host of ['127.0.0.1', '::1', 'localhost']) {
      expect(parseConfig(ApiConfig, { ...plain, PIAOYAN_HTTP_HOST: host }).PIAOYAN_SESSION_PLAIN_HTTP).toBe(true);
    }
    for (const host of ['0.0.0.0', '::', '10.0.0.7', '127.0.0.1.bank.example']) {
      expect(problemsOf({ ...plain, PIAOYAN_HTTP_HOST: host }).join()).toContain('PIAOYAN_SESSION_PLAIN_HTTP');
    }
  });

  it('opens the api to the network with TLS only, its own or that of a proxy which is named', () => {
    const problems = (env: Environment) => problemsOf({ ...API, PIAOYAN_HTTP_HOST: '0.0.0.0', ...env }).join('\n');
    expect(problems({})).toContain('PIAOYAN_HTTP_HOST: is no loopback address');
    expect(problems({ PIAOYAN_HTTP_HOST: '::' })).toContain('PIAOYAN_HTTP_HOST: is no loopback address');
    expect(problems({ PIAOYAN_HTTP_TLS_IN_FRONT: 'true' })).toContain('PIAOYAN_HTTP_TLS_IN_FRONT: needs PIAOYAN_TRUSTED_PROXIES');
    expect(problems({ PIAOYAN_TRUSTED_PROXIES: '10.0.0.7' })).toContain('PIAOYAN_HTTP_HOST');
    expect(problems({ PIAOYAN_HTTP_TLS_IN_FRONT: 'true', PIAOYAN_TRUSTED_PROXIES: '10.0.0.7' })).toBe('');
    expect(problems({ PIAOYAN_HTTP_TLS_CERT_FILE: '/run/tls.crt' })).toBe('');
    expect(problems({ PIAOYAN_HTTP_HOST: '127.0.0.1' })).toBe('');
  });

  describe('a database', () => {
    const SCHEMAS = { api: [ApiConfig, API], cli: [CliConfig, {}] } as const;
    const url = (rest: string): Environment => ({ PIAOYAN_DATABASE_URL: `postgresql://role:hunter2@${rest}` });

    it.each([
      'db.bank.example/piaoyan?sslmode=verify-full',
      'db.bank.example/piaoyan?sslmode=verify-full&sslrootcert=/run/ca.crt',
      '127.0.0.1:5432/piaoyan',
      '[::1]:5432/piaoyan',
      'localhost/piaoyan',
      '%2Fvar%2Frun%2Fpostgresql/piaoyan',
      'localhost/piaoyan?host=/var/run/postgresql',
    ])('may be at %s', (rest) => {
      for (const [schema, env] of Object.values(SCHEMAS)) expect(problemsOf({ ...env, ...url(rest) }, schema)).toEqual([]);
    });

    it.each([
      'db.bank.example/piaoyan',
      '10.20.0.15/piaoyan',
      'db.bank.example/piaoyan?sslmode=require',
      'db.bank.example/piaoyan?sslmode=no-verify',
      'db.bank.example/piaoyan?ssl=true',
      'db.bank.example/piaoyan?sslmode=verify-full&sslmode=disable',
      'localhost/piaoyan?host=db.bank.example',
      '127.0.0.1.bank.example/piaoyan',
    ])('is not spoken to in clear at %s, unless the operator takes the risk', (rest) => {
      for (const [schema, env] of Object.values(SCHEMAS)) {
        const [problem, ...more] = problemsOf({ ...env, ...url(rest) }, schema);
        expect([problem, more]).toEqual([expect.stringContaining('PIAOYAN_DATABASE_URL: must end in sslmode=verify-full'), []]);
        expect(problem).not.toContain('hunter2');
        expect(problemsOf({ ...env, ...url(rest), PIAOYAN_DATABASE_ALLOW_PLAIN: 'true' }, schema)).toEqual([]);
      }
    });
  });

  it('fills in what is not given, and takes an empty variable for one that is not given', () => {
    expect(parseConfig(ApiConfig, { ...API, PIAOYAN_CONSOLE_DIR: '', PATH: '/bin' })).toEqual({
      ...API,
      PIAOYAN_LOG_LEVEL: 'info',
      PIAOYAN_HTTP_HOST: '127.0.0.1',
      PIAOYAN_HTTP_TLS_IN_FRONT: false,
      PIAOYAN_DATABASE_ALLOW_PLAIN: false,
      PIAOYAN_HTTP_PORT: 8080,
      PIAOYAN_UPLOAD_MAX_BYTES: 20_971_520,
      PIAOYAN_UPLOAD_MAX_PIXELS: 50_000_000,
      PIAOYAN_DEFAULT_PROVIDER: 'netocr',
      PIAOYAN_NETOCR_WINDOW: { window: 'year', lastDayCounts: true },
      PIAOYAN_JUMDATA_WINDOW: { window: 'year', lastDayCounts: true },
      PIAOYAN_GENERIC_WINDOW: { window: 'year', lastDayCounts: true },
      PIAOYAN_WEBHOOK_TARGETS: [],
      PIAOYAN_DROP_IN_WAIT_SECONDS: 25,
      PIAOYAN_HTTP_MAX_CONNECTIONS: 2_048,
      PIAOYAN_CORS_ORIGINS: [],
      PIAOYAN_API_KEY_MAX_DAYS: 365,
      PIAOYAN_API_KEY_CALLS_PER_SECOND: 100,
      PIAOYAN_SESSION_CALLS_PER_SECOND: 20,
      PIAOYAN_WRONG_KEYS_PER_MINUTE: 30,
      PIAOYAN_SIGNATURE_WINDOW_SECONDS: 120,
      PIAOYAN_DROP_IN_CALLS_PER_SECOND: 10,
      PIAOYAN_DROP_IN_JUMDATA_GET: true,
      PIAOYAN_DROP_IN_NETOCR_MIRROR_STATUS: false,
      PIAOYAN_DROP_IN_NETOCR_LISTS_AS_STRING: false,
      PIAOYAN_BATCH_MAX_ROWS: 10_000,
      PIAOYAN_APPROVAL_DAYS: 7,
      PIAOYAN_SETTLEMENT_LIMIT_YUAN: 100,
      PIAOYAN_PASSWORD_MIN_LENGTH: 10,
      PIAOYAN_PASSWORD_MAX_AGE_DAYS: 90,
      PIAOYAN_PASSWORD_HISTORY: 5,
      PIAOYAN_SIGN_IN_MAX_FAILURES: 5,
      PIAOYAN_SIGN_IN_LOCK_MINUTES: 30,
      PIAOYAN_SESSION_IDLE_MINUTES: 30,
      PIAOYAN_SESSION_MAX_HOURS: 12,
      PIAOYAN_SECOND_FACTOR: 'everybody',
      PIAOYAN_SESSION_PLAIN_HTTP: false,
      PIAOYAN_CRYPTO_SUITE: 'standard',
    });
  });

  it('believes the word of proxies only where it is told which', () => {
    const corsOf = (text: string) => parseConfig(ApiConfig, { ...API, PIAOYAN_CORS_ORIGINS: text }).PIAOYAN_CORS_ORIGINS;
    expect(corsOf('https://erp.bank.example, http://127.0.0.1:9000')).toEqual(['https://erp.bank.example', 'http://127.0.0.1:9000']);
    for (const text of ['*', 'https://*.bank.example/', 'https://erp.bank.example/', 'https://erp.bank.example,*', 'null'])
      expect(problemsOf({ ...API, PIAOYAN_CORS_ORIGINS: text })).toHaveLength(1);
    const proxiesOf = (text: string) => parseConfig(ApiConfig, { ...API, PIAOYAN_TRUSTED_PROXIES: text }).PIAOYAN_TRUSTED_PROXIES;
    expect([proxiesOf(''), proxiesOf('10.0.0.0/8, 2001:db8::1')]).toEqual([undefined, ['10.0.0.0/8', '2001:db8::1']]);
    const rule = 'must be addresses or networks parted by commas, such as 10.0.0.0/8';
    expect(problemsOf({ ...API, PIAOYAN_TRUSTED_PROXIES: 'everyone' })).toEqual([`PIAOYAN_TRUSTED_PROXIES: ${rule}`]);
    expect(problemsOf({ ...API, PIAOYAN_DROP_IN_JUMDATA_GET: 'no' })).toEqual(['PIAOYAN_DROP_IN_JUMDATA_GET: must be true or false']);
  });

  it('cannot be changed afterwards', () => {
    const config = parseConfig(WorkerConfig, { ...API, ...WORKER });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.PIAOYAN_WORKER_QUEUES)).toBe(true);
  });

  it('tells all problems at once, by name and rule, and never a value', () => {
    const problems = problemsOf({
      PIAOYAN_DATABASE_URL: 'mysql://root:hunter2@db',
      PIAOYAN_HASH_KEY: 'too-short-secret',
      PIAOYAN_HTTP_PORT: '80a80',
      PIAOYAN_LOG_LEVEL: 'chatty',
      PIAOYAN_DEFAULT_PROVIDER: 'secretive',
      PIAOYAN_HTP_HOST: '0.0.0.0',
    });
    expect(problems).toEqual([
      'PIAOYAN_HTP_HOST is not a setting: did you mean PIAOYAN_HTTP_HOST?',
      'PIAOYAN_LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace',
      'PIAOYAN_HTTP_PORT: must be a whole number from 0 to 65535',
      'PIAOYAN_DATABASE_URL: must be a URL like postgresql://role:password@host:5432/database',
      'PIAOYAN_STORAGE_DIR is required',
      'PIAOYAN_HASH_KEY: must have at least 32 characters, such as the output of "openssl rand -hex 32"',
      'PIAOYAN_MASTER_KEY is required',
      expect.stringMatching(/^PIAOYAN_DEFAULT_PROVIDER: .*"netocr"\|"jumdata"\|"generic"$/),
    ]);
    expect(problems.join()).not.toMatch(/hunter2|too-short|80a80|chatty|secretive|0\.0\.0\.0/);
  });

  it('suggests nothing for a name that is like no other', () => {
    expect(problemsOf({ ...API, PIAOYAN_COFFEE: 'black' })).toEqual(['PIAOYAN_COFFEE is not a setting']);
  });

  it('reads any variable from a file, without the line break at its end', () => {
    const { PIAOYAN_HASH_KEY: _, ...rest } = API;
    const config = parseConfig(ApiConfig, {
      ...rest,
      PIAOYAN_HASH_KEY_FILE: file('key', `${KEY}\n`),
      PIAOYAN_HTTP_PORT_FILE: file('port', '81'),
    });
    expect(config).toMatchObject({ PIAOYAN_HASH_KEY: KEY, PIAOYAN_HTTP_PORT: 81 });
  });

  it('says which file cannot be read, and which variable is given twice', () => {
    const { PIAOYAN_HASH_KEY: _, ...rest } = API;
    expect(problemsOf({ ...rest, PIAOYAN_HASH_KEY_FILE: join(dir, 'missing') })).toEqual([
      'PIAOYAN_HASH_KEY_FILE: the file cannot be read (ENOENT)',
    ]);
    expect(problemsOf({ ...API, PIAOYAN_HASH_KEY_FILE: file('again', KEY) })).toEqual([
      'PIAOYAN_HASH_KEY and PIAOYAN_HASH_KEY_FILE are both set: give one of them',
    ]);
  });

  it('reads a master key from a file that is closed to others, and from no other', () => {
    const { PIAOYAN_MASTER_KEY: key, ...rest } = API;
    const path = file('master', `${key}\n`);
    chmodSync(path, 0o644);
    expect(problemsOf({ ...rest, PIAOYAN_MASTER_KEY_FILE: path })).toEqual([
      'PIAOYAN_MASTER_KEY_FILE: the file is open to others (every user of this machine may use it: chmod 0400)',
    ]);
    chmodSync(path, 0o400);
    expect(parseConfig(ApiConfig, { ...rest, PIAOYAN_MASTER_KEY_FILE: path }).PIAOYAN_MASTER_KEY).toBe(key);
  });

  it('takes a variable that names a certificate for the path it is', () => {
    const config = parseConfig(EgressConfig, EGRESS);
    expect(config.PIAOYAN_TLS_CERT_FILE).toBe('/etc/piaoyan/tls.crt');
    expect(config.PIAOYAN_EGRESS_PORT).toBe(8443);
  });

  it('keeps replies for no less than a worker may stand still, and no longer than what providers tell', () => {
    const days = (text: string) => parseConfig(EgressConfig, { ...EGRESS, PIAOYAN_EGRESS_REPLY_DAYS: text }).PIAOYAN_EGRESS_REPLY_DAYS;
    expect(parseConfig(EgressConfig, EGRESS).PIAOYAN_EGRESS_REPLY_DAYS).toBe(30);
    expect(['14', '180'].map(days)).toEqual([14, 180]);
    for (const text of ['13', '181', '0']) {
      const problems = problemsOf({ ...EGRESS, PIAOYAN_EGRESS_REPLY_DAYS: text }, EgressConfig);
      expect(problems).toEqual(['PIAOYAN_EGRESS_REPLY_DAYS: must be a whole number from 14 to 180']);
    }
  });

  it("tolerates a neighbour's variable and what Kubernetes tells of services, but not a typing error beside them", () => {
    const env = {
      ...EGRESS,
      PIAOYAN_DATABASE_URL: 'not read here',
      PIAOYAN_EGRESS_PORT: 'tcp://10.0.0.7:8443',
      PIAOYAN_API_SERVICE_HOST: '10.0.0.8',
      PIAOYAN_API_PORT_8080_TCP_ADDR: '10.0.0.8',
    };
    expect(parseConfig(EgressConfig, env)).toMatchObject({ PIAOYAN_EGRESS_PORT: 8443 });
    expect(problemsOf({ ...EGRESS, PIAOYAN_EGRES_PORT: '8444' }, EgressConfig)).toEqual([
      'PIAOYAN_EGRES_PORT is not a setting: did you mean PIAOYAN_EGRESS_PORT?',
    ]);
  });
});

const WORKER = {
  PIAOYAN_MODELS: '/models',
  PIAOYAN_EGRESS_URL: 'https://egress.bank.example:8443',
  PIAOYAN_EGRESS_CA_FILE: '/etc/piaoyan/ca.crt',
  PIAOYAN_EGRESS_CERT_FILE: '/etc/piaoyan/worker.crt',
  PIAOYAN_EGRESS_KEY_FILE: '/etc/piaoyan/worker.key',
};

const EGRESS = {
  PIAOYAN_TLS_CERT_FILE: '/etc/piaoyan/tls.crt',
  PIAOYAN_TLS_KEY_FILE: '/etc/piaoyan/tls.key',
  PIAOYAN_TLS_CLIENT_CA_FILE: '/etc/piaoyan/ca.crt',
  PIAOYAN_EGRESS_JOURNAL_DIR: '/var/lib/piaoyan-egress',
  PIAOYAN_EGRESS_PROVIDERS_FILE: '/etc/piaoyan/providers.json',
};

describe('the worker', () => {
  it('runs every queue unless told which, and knows no other', () => {
    expect(parseConfig(WorkerConfig, { ...API, ...WORKER }).PIAOYAN_WORKER_QUEUES).toEqual([
      'receipt.read',
      'verification.send',
      'webhook.deliver',
      'batch.feed',
      'retention.run',
      'subject.handle',
    ]);
    const some = { ...API, ...WORKER, PIAOYAN_WORKER_QUEUES: ' verification.send,verification.send ' };
    expect(parseConfig(WorkerConfig, some).PIAOYAN_WORKER_QUEUES).toEqual(['verification.send']);
    expect(problemsOf({ ...API, ...WORKER, PIAOYAN_WORKER_QUEUES: 'receipt.eat' }, WorkerConfig)).toEqual([
      'PIAOYAN_WORKER_QUEUES: must be a comma-separated list of receipt.read, verification.send, webhook.deliver, batch.feed, retention.run, subject.handle',
    ]);
  });

  it('speaks to the gateway over TLS only', () => {
    expect(problemsOf({ ...API, ...WORKER, PIAOYAN_EGRESS_URL: 'http://egress' }, WorkerConfig)).toEqual([
      'PIAOYAN_EGRESS_URL: must be an https URL',
    ]);
  });

  it('reads with at most four threads unless told', () => {
    const threads = parseConfig(WorkerConfig, { ...API, ...WORKER }).PIAOYAN_OCR_WORKERS;
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(threads).toBeLessThanOrEqual(4);
  });

  it('leaves it to the processor how its models multiply, unless told', () => {
    const precisionOf = (more: object) => parseConfig(WorkerConfig, { ...API, ...WORKER, ...more }).PIAOYAN_OCR_PRECISION;
    expect([precisionOf({}), precisionOf({ PIAOYAN_OCR_PRECISION: 'float32' })]).toEqual([undefined, 'float32']);
    expect(problemsOf({ ...API, ...WORKER, PIAOYAN_OCR_PRECISION: 'int4' }, WorkerConfig)).toEqual([
      'PIAOYAN_OCR_PRECISION: must be auto, int8 or float32',
    ]);
  });

  it('runs its models on the CPU unless told, and knows no other order', () => {
    const ladderOf = (more: object) => parseConfig(WorkerConfig, { ...API, ...WORKER, ...more }).PIAOYAN_OCR_PROVIDERS;
    expect(ladderOf({})).toEqual(['cpu']);
    expect(ladderOf({ PIAOYAN_OCR_PROVIDERS: 'cuda,cpu' })).toEqual(['cuda', 'cpu']);
    expect(ladderOf({ PIAOYAN_OCR_PROVIDERS: 'cuda' })).toEqual(['cuda']);
    expect(problemsOf({ ...API, ...WORKER, PIAOYAN_OCR_PROVIDERS: 'cpu,cuda' }, WorkerConfig)).toEqual([
      'PIAOYAN_OCR_PROVIDERS: must be cpu, cuda,cpu or cuda',
    ]);
  });
});

describe('how long the audit is kept', () => {
  const days = (value?: string) =>
    parseConfig(CliConfig, value === undefined ? {} : { PIAOYAN_AUDIT_RETENTION_DAYS: value }).PIAOYAN_AUDIT_RETENTION_DAYS;

  it('is a year unless told, may be more, and never less than six months', () => {
    expect([days(), days('184'), days('3650')]).toEqual([365, 184, 3650]);
    for (const value of ['183', '0', '-200', '180', '184.5', 'none']) {
      expect(() => days(value)).toThrow('PIAOYAN_AUDIT_RETENTION_DAYS: must be a whole number from 184');
    }
  });
});
