/** Real PostgreSQL, model packs and spawned processes: see CONTRIBUTING.md, "Tests". */
module.exports = {
  testMatch: ['<rootDir>/{apps,libs,test,benchmarks}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: { '^@app/ocr/shapes$': '<rootDir>/libs/ocr/src/shapes', '^@app/([^/]+)$': '<rootDir>/libs/$1/src' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // All processors: by default one is left out, and on a machine of two that is half.
  maxWorkers: '100%',
  // A worker keeps some of the modules of every file it ran: 1.6 GiB after thirty of them.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/support/slow-first.cjs',
  // What hangs fails in the end; what a busy machine makes slow does not.
  testTimeout: 240_000,
};
