import { parseDay } from './calendar';
import { creditCodeHolds } from './credit-code';

describe('creditCodeHolds', () => {
  it('accepts the check character of GB 32100', () => expect(creditCodeHolds('91420100MA4K0X7T23')).toBe(true));

  it.each(['91420100MA4K0X7T24', '19420100MA4K0X7T23', '91420100MA4K0X7T2', '**************0021', '91420100MA4K0I7T23'])(
    'does not accept %s',
    (code) => expect(creditCodeHolds(code)).toBe(false),
  );
});

describe('parseDay', () => {
  it.each(['2026-04-09', '2026年04月09日', '2026年4月9日', '2026/04/09', '2026.4.9', '20260409'])('reads %s', (text) =>
    expect(parseDay(text)).toBe('2026-04-09'),
  );

  it.each(['2026-02-30', '2026-13-01', '20260431', '2026-4', '26-04-09', '2026年04月'])('does not read %s', (text) =>
    expect(parseDay(text)).toBeNull(),
  );
});
