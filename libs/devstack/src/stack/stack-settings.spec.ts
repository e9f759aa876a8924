import { ApiConfig, EgressConfig, parseConfig, SandboxConfig, WorkerConfig } from '@app/config';
import { stackSettings, type SettingsInput } from './stack-settings';

const folders = {
  root: '/state',
  postgres: '/state/postgres',
  storage: '/state/storage',
  journal: '/state/journal',
  records: '/state/records',
  certificates: '/state/certificates',
  logs: '/state/logs',
  secretsFile: '/state/secrets.json',
  providersFile: '/state/providers.json',
  bookFile: '/state/bills.json',
  lockFile: '/state/running.json',
};
const pair = (name: string) => ({ certFile: `/state/${name}.crt`, keyFile: `/state/${name}.key` });
const input: SettingsInput = {
  folders,
  ports: { api: 1001, worker: 1002, egress: 1003, egressHealth: 1004, sandbox: 1005 },
  database: {
    ownerUrl: 'postgresql://owner@localhost/p',
    apiUrl: 'postgresql://api@localhost/p',
    workerUrl: 'postgresql://worker@localhost/p',
  },
  certificates: { caFile: '/state/ca.crt', egress: pair('egress'), worker: pair('worker') },
  hashKey: 'k'.repeat(64),
  masterKey: 'e'.repeat(64),
  modelsDir: '/models',
};

describe('stackSettings', () => {
  const settings = stackSettings(input);

  it('gives each process settings that it accepts', () => {
    expect(parseConfig(ApiConfig, settings.api).PIAOYAN_HTTP_PORT).toBe(1001);
    expect(parseConfig(WorkerConfig, settings.worker).PIAOYAN_EGRESS_URL).toBe('https://127.0.0.1:1003');
    expect(parseConfig(EgressConfig, settings.egress).PIAOYAN_HEALTH_PORT).toBe(1004);
    expect(parseConfig(SandboxConfig, settings.sandbox).PIAOYAN_SANDBOX_PORT).toBe(1005);
  });

  it('gives neither database, nor storage, nor keys to the gateway and the sandbox', () => {
    const outside = JSON.stringify([settings.egress, settings.sandbox]);
    for (const secret of ['postgresql:', folders.storage, input.hashKey, input.masterKey]) expect(outside).not.toContain(secret);
  });

  it('gives each runtime process its own database role, and the owner to none', () => {
    expect(settings.api.PIAOYAN_DATABASE_URL).toBe(input.database.apiUrl);
    expect(settings.worker.PIAOYAN_DATABASE_URL).toBe(input.database.workerUrl);
    expect(JSON.stringify(settings)).not.toContain(input.database.ownerUrl);
  });
});
