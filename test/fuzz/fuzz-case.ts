import { Random } from '@app/samples';
import { BYTE_MUTATIONS } from './byte-mutations';
import { CONTAINER_MUTATIONS } from './container-mutations';
import type { Mutations } from './mutation';
import { TOKEN_MUTATIONS } from './token-mutations';

/** A document that cases are made of. */
export interface Subject {
  name: string;
  bytes: Buffer;
}

/** A spoilt document: the same seed and number make the same one. */
export interface FuzzCase {
  number: number;
  subject: string;
  mutations: string[];
  bytes: Buffer;
}

const MUTATIONS: Mutations = { ...BYTE_MUTATIONS, ...TOKEN_MUTATIONS, ...CONTAINER_MUTATIONS };

/** Longer ones only make the run slower. */
const LONGEST = 8_388_608;

/** Spoils one of the documents, most often once: what is spoilt often never gets past the first check. */
export function fuzzCase(subjects: readonly Subject[], seed: number, number: number): FuzzCase {
  const chance = new Random(Math.imul(seed, 0x9e3779b1) + Math.imul(number, 0x85ebca6b));
  const [subject, other] = [subjects[chance.int(0, subjects.length - 1)], subjects[chance.int(0, subjects.length - 1)]];
  if (!subject || !other) throw new Error('no document to spoil');
  const made: FuzzCase = { number, subject: subject.name, mutations: [], bytes: subject.bytes };
  const times = chance.pick([1, 1, 1, 2, 2, 4]);
  for (let tries = 0; made.mutations.length < times && tries < 50 && made.bytes.length > 0; tries += 1) {
    const name = chance.pick(Object.keys(MUTATIONS) as [string, ...string[]]);
    const spoilt = MUTATIONS[name]?.(made.bytes, chance, other.bytes);
    if (!spoilt || spoilt.length > LONGEST) continue;
    made.bytes = spoilt;
    made.mutations.push(name);
  }
  return made;
}
