import { ACT_NAMES } from '@app/contracts';
import { ActElsewhereError, DangerousActs } from './dangerous-acts';

describe('the acts of a process', () => {
  it('say of one that is done elsewhere what it is, and where it is decided', () => {
    const asked = () => new DangerousActs([]).get('key.export');
    expect(asked).toThrow(ActElsewhereError);
    expect(asked).toThrow(ACT_NAMES['key.export'].en);
    expect(asked).toThrow('in the console');
  });
});
