import { ProblemError } from '@app/contracts';
import { Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerNetwork } from './caller-network';
import { ProofThrottle } from './proof-throttle';

const asked = (ip: string, authorization: string) => ({ id: 'x', ip, headers: { authorization } }) as unknown as FastifyRequest;

describe('ProofThrottle', () => {
  beforeAll(() => void Logger.overrideLogger(false));
  afterAll(() => void Logger.overrideLogger(['warn', 'error']));
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const mayTry = (throttle: ProofThrottle, request: FastifyRequest): boolean => {
    try {
      throttle.assertMayTry(request);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
      return false;
    }
  };

  it('locks nobody out for ever: who is told to wait is looked at afterwards, whatever a neighbour does meanwhile', () => {
    const throttle = new ProofThrottle({ wrongProofsPerMinute: 6 });
    const [wrong, right] = [asked('10.0.0.1', 'Bearer wrong'), asked('10.0.0.1', 'Bearer right')];
    for (let at = 0; at < 6; at += 1) throttle.noteWrong(wrong);
    expect([mayTry(throttle, wrong), mayTry(throttle, right)]).toEqual([false, false]);
    for (let second = 0; second < 9; second += 1) {
      jest.advanceTimersByTime(1_000);
      expect(mayTry(throttle, wrong)).toBe(false);
    }
    jest.advanceTimersByTime(1_000);
    expect(mayTry(throttle, right)).toBe(true);
    throttle.noteRight(right);
    throttle.noteWrong(wrong);
    expect([mayTry(throttle, wrong), mayTry(throttle, right)]).toEqual([false, true]);
  });

  it('lets no proof pass that was right from elsewhere, or is right no more', () => {
    const throttle = new ProofThrottle({ wrongProofsPerMinute: 1 });
    const here = asked('10.0.0.1', 'Bearer right');
    throttle.noteRight(here);
    throttle.noteWrong(asked('10.0.0.1', 'Bearer wrong'));
    throttle.noteWrong(asked('10.0.0.2', 'Bearer wrong'));
    expect([mayTry(throttle, here), mayTry(throttle, asked('10.0.0.2', 'Bearer right'))]).toEqual([true, false]);
    throttle.noteWrong(here);
    expect(mayTry(throttle, here)).toBe(false);
  });
});

describe('the network that is slowed down', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['no address', 'unknown'],
    ['', 'unknown'],
  ])('of %s is %s', (address, network) => expect(callerNetwork(address)).toBe(network));
});
