import { checkedLadder, type ExecutionProvider, type ProviderLadder } from './execution-provider';
import { openOnLadder } from './provider-ladder';
import { OcrProviderError } from './provider.error';

/** Opens on the providers named, and notes which were tried. */
function opener(...works: ExecutionProvider[]) {
  const tried: ExecutionProvider[] = [];
  const open = (provider: ExecutionProvider): Promise<string> => {
    tried.push(provider);
    return works.includes(provider) ? Promise.resolve(`a pool on ${provider}`) : Promise.reject(new TypeError(`no ${provider} here`));
  };
  return { open, tried };
}

describe('openOnLadder', () => {
  it('takes the first provider that works and tries no further', async () => {
    const { open, tried } = opener('cuda', 'cpu');
    expect(await openOnLadder(['cuda', 'cpu'], open)).toEqual({ opened: 'a pool on cuda', provider: 'cuda', refused: [] });
    expect(tried).toEqual(['cuda']);
  });

  it('steps down where it may, and says why', async () => {
    const { open } = opener('cpu');
    expect(await openOnLadder(['cuda', 'cpu'], open)).toEqual({
      opened: 'a pool on cpu',
      provider: 'cpu',
      refused: [{ provider: 'cuda', reason: 'no cuda here' }],
    });
  });

  it('never steps down when the GPU was demanded', async () => {
    const { open, tried } = opener('cpu');
    const error: unknown = await openOnLadder(['cuda'], open).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OcrProviderError);
    expect(error).toMatchObject({ refused: [{ provider: 'cuda', reason: 'no cuda here' }], cause: expect.any(TypeError) as Error });
    expect(String(error)).toContain('cuda: no cuda here');
    expect(tried).toEqual(['cuda']);
  });

  it.each<ProviderLadder>([['cpu'], ['cuda', 'cpu']])('passes on what fails on the CPU (%p %p)', async (...ladder) => {
    await expect(openOnLadder(ladder as ProviderLadder, opener().open)).rejects.toThrow(new TypeError('no cpu here'));
  });
});

describe('checkedLadder', () => {
  it('is the CPU unless told', () => {
    expect(checkedLadder()).toEqual(['cpu']);
    expect(checkedLadder(['cuda'])).toEqual(['cuda']);
  });

  it.each([[[]], [['cpu', 'cuda']], [['rocm']], [['cuda', 'cuda']]])('refuses %p', (ladder) => {
    expect(() => checkedLadder(ladder as unknown as ProviderLadder)).toThrow(RangeError);
  });
});
