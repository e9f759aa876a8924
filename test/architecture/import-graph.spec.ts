import { circles, fileCircles, readImports, type Import } from './import-graph';

/** Which rooms a room may import, itself left out. Imports point down only: apps, services, platform and pure, contracts. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'libs/contracts': [],
  // pure: bytes and values in, values out
  'libs/ocr': ['contracts'],
  'libs/documents': ['contracts', 'ocr'],
  'libs/bills': ['contracts', 'ocr'],
  'libs/reading': ['contracts', 'ocr', 'documents', 'bills'],
  'libs/providers': ['contracts'],
  'libs/crypto': [],
  'libs/tabular': ['contracts'],
  'libs/masking': ['contracts'],
  // platform: one thin room for each thing that has state outside the process
  'libs/config': ['contracts', 'crypto'],
  'libs/observability': ['contracts', 'config'],
  'libs/database': ['contracts', 'config'],
  'libs/queue': ['contracts', 'database'],
  'libs/storage': ['contracts'],
  // services: the business
  'libs/audit': ['contracts', 'crypto', 'database', 'observability'],
  'libs/keyring': ['contracts', 'crypto', 'database', 'audit'],
  'libs/tenancy': ['contracts', 'crypto', 'database', 'audit', 'keyring'],
  'libs/identity': ['contracts', 'crypto', 'database', 'audit', 'keyring', 'tenancy', 'observability', 'approvals'],
  'libs/approvals': ['contracts', 'database', 'audit', 'tenancy'],
  'libs/key-export': ['contracts', 'crypto', 'database', 'audit', 'keyring', 'approvals'],
  'libs/webhooks': ['keyring', 'contracts', 'crypto', 'database', 'queue', 'audit', 'observability'],
  'libs/receipts': [
    ...['crypto', 'keyring', 'approvals', 'tenancy', 'masking'],
    'contracts',
    'tabular',
    'ocr',
    'documents',
    'bills',
    'reading',
    'database',
    'queue',
    'storage',
    'audit',
    'webhooks',
    'observability',
  ],
  'libs/verification': [
    ...[
      'contracts',
      'crypto',
      'tabular',
      'providers',
      'bills',
      'documents',
      'database',
      'queue',
      'storage',
      'audit',
      'tenancy',
      'webhooks',
      'receipts',
    ],
    'observability',
    ...['keyring', 'approvals', 'masking'],
  ],
  // what takes in all of a tenant: retention, export, erasure, evidence
  'libs/privacy': [
    ...['contracts', 'crypto', 'tabular', 'database', 'queue', 'storage', 'observability', 'masking'],
    ...['audit', 'keyring', 'tenancy', 'identity', 'approvals', 'webhooks', 'receipts', 'verification'],
  ],
  'libs/evidence': [...['contracts', 'crypto', 'database', 'storage', 'audit', 'keyring', 'tenancy', 'receipts', 'verification']],
  // development only: never in an image
  'libs/samples': ['contracts', 'bills'],
  'libs/devstack': ['contracts', 'config', 'database', 'ocr', 'samples'],
  // processes: wiring and transport
  'apps/egress': ['contracts', 'crypto', 'providers', 'config', 'observability'],
  'apps/sandbox': ['contracts', 'providers', 'config', 'observability'],
  'apps/console': ['contracts'],
  'apps/api': [
    'contracts',
    'config',
    'observability',
    'database',
    'queue',
    'storage',
    'documents',
    'audit',
    'tenancy',
    'receipts',
    'verification',
    ...['crypto', 'providers', 'tabular', 'webhooks', 'keyring', 'identity', 'approvals', 'key-export', 'privacy', 'masking', 'evidence'],
  ],
  'apps/worker': [
    ...['contracts', 'config', 'observability', 'database', 'queue', 'storage', 'ocr', 'reading'],
    ...[
      'audit',
      'tenancy',
      'receipts',
      'verification',
      'crypto',
      'webhooks',
      'providers',
      'keyring',
      'approvals',
      'identity',
      'privacy',
      'masking',
    ],
  ],
  'apps/cli': [
    'contracts',
    'config',
    'database',
    'ocr',
    'documents',
    'bills',
    'reading',
    'audit',
    'tenancy',
    'crypto',
    'verification',
    'receipts',
    'webhooks',
    'queue',
    'providers',
    'tabular',
    ...['keyring', 'identity', 'approvals', 'privacy', 'masking', 'observability', 'storage', 'evidence'],
  ],
  'apps/demo': ['contracts', 'database', 'audit', 'tenancy', 'samples', 'devstack', 'keyring', 'identity'],
};

const PURE = [
  'libs/contracts',
  'libs/ocr',
  'libs/documents',
  'libs/bills',
  'libs/reading',
  'libs/providers',
  'libs/crypto',
  'libs/tabular',
  'libs/masking',
];
const PLATFORM_PACKAGES = /^(@nestjs\/.*|typeorm|pg|pg-boss|pino|fastify|undici)$/;

describe('import graph', () => {
  const imports = readImports();
  const lines = (wrong: readonly Import[]): string[] => wrong.map(({ file, target }) => `${file} imports ${target}`);

  it('knows every room', () => {
    const rooms = new Set(imports.map(({ room }) => room));
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('points down only', () => {
    const wrong = imports.filter(({ room, target }) => {
      if (!/^(apps|libs)\//.test(target) || target === room) return false;
      return !(MAY_IMPORT[room] ?? []).some((name) => target === `libs/${name}`);
    });
    expect(lines(wrong)).toEqual([]);
  });

  it('has no circles between rooms', () => {
    expect(circles(imports)).toEqual([]);
  });

  it('has no circles between files', () => {
    expect(fileCircles(imports)).toEqual([]);
  });

  it('keeps the platform out of the pure rooms', () => {
    expect(lines(imports.filter(({ room, target }) => PURE.includes(room) && PLATFORM_PACKAGES.test(target)))).toEqual([]);
  });

  it('lets contracts import zod and nothing else', () => {
    const wrong = imports.filter(({ room, target }) => room === 'libs/contracts' && target !== 'zod' && target !== room);
    expect(lines(wrong)).toEqual([]);
  });

  // The one process that reaches the outside must not even contain code that could open an image or the database.
  it('keeps images and the database out of egress', () => {
    const forbidden = /^(sharp|onnxruntime-node|zxing-wasm|typeorm|pg|pg-boss|@nestjs\/typeorm)$/;
    const rooms = ['apps/egress', ...(MAY_IMPORT['apps/egress'] ?? []).map((name) => `libs/${name}`)];
    expect(lines(imports.filter(({ room, target }) => rooms.includes(room) && forbidden.test(target)))).toEqual([]);
  });

  it('finds a circle when there is one', () => {
    const edge = (room: string, target: string): Import => ({ file: `${room}/src/a.ts`, room, target, targetFile: null });
    expect(circles([edge('libs/b', 'libs/a'), edge('libs/a', 'libs/b'), edge('libs/c', 'libs/a')])).toEqual(['libs/a -> libs/b -> libs/a']);
  });

  it('finds a circle of files when there is one', () => {
    const edge = (file: string, targetFile: string): Import => ({ file, room: 'libs/a', target: 'libs/a', targetFile });
    expect(fileCircles([edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('d', 'a')])).toEqual(['b -> c -> b']);
  });
});
