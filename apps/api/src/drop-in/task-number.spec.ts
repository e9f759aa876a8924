import { v7 as uuidv7 } from 'uuid';
import { taskNumberOf } from './task-number';

/** Back again: what a person at the database does to find the attempt of a task number. */
function idOf(taskNumber: string): string {
  const bits = BigInt(taskNumber);
  const hex = (value: bigint, digits: number): string => value.toString(16).padStart(digits, '0');
  const rest = hex((bits & ((1n << 62n) - 1n)) | (2n << 62n), 16);
  const middle = hex((bits >> 62n) & 0xfffn, 3);
  const time = hex(bits >> 74n, 12);
  return [time.slice(0, 8), time.slice(8), `7${middle}`, rest.slice(0, 4), rest.slice(4)].join('-');
}

describe('taskNumberOf', () => {
  it('writes an id in digits without losing anything', () => {
    const ids = [
      ...Array.from({ length: 500 }, () => uuidv7()),
      '00000000-0000-7000-8000-000000000000',
      'ffffffff-ffff-7fff-bfff-ffffffffffff',
    ];
    for (const id of ids) {
      expect(taskNumberOf(id)).toMatch(/^\d{1,37}$/);
      expect(idOf(taskNumberOf(id))).toBe(id);
    }
  });
});
