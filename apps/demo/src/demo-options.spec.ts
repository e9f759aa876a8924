import { demoOptions, UsageError } from './demo-options';

describe('demoOptions', () => {
  it('stays on port 8080 unless told otherwise', () => {
    expect(demoOptions([])).toMatchObject({ isOnce: false, isReset: false, port: 8080 });
    expect(demoOptions(['--port', '9090', '--reset'])).toMatchObject({ isReset: true, port: 9090 });
  });

  it('takes any free port when it runs once', () => {
    expect(demoOptions(['--once']).port).toBeUndefined();
    expect(demoOptions(['--once', '--port', '9090']).port).toBe(9090);
  });

  it.each([[['--prot', '1']], [['--port', 'eighty']], [['--port', '65536']], [['--port', '0']], [['extra']]])(
    'refuses %j and shows the usage',
    (args) => {
      expect(() => demoOptions(args)).toThrow(UsageError);
      expect(() => demoOptions(args)).toThrow('usage: npm run demo');
    },
  );
});
