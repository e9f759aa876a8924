import { opennessOf } from './secret-file';

const [ROOT, POD, OTHER] = [0, 10_001, 10_002] as const;

describe('a file with a master key', () => {
  it.each([
    ['its owner alone', 0o100400, POD, POD],
    ['its owner alone, writable', 0o100600, POD, POD],
    ['root alone, to root', 0o100400, ROOT, ROOT],
    ['root, and the pod by its group, as Kubernetes mounts it', 0o100440, ROOT, POD],
  ])('is read when it is open to %s', (_who, mode, uid, reader) => expect(opennessOf({ mode, uid }, reader)).toBeNull());

  it.each([
    ['everybody', 0o100444, POD, POD, 'every user'],
    ['everybody, though it is root’s', 0o100404, ROOT, POD, 'every user'],
    ['everybody, to write alone', 0o100402, POD, POD, 'every user'],
    ['a group beside its owner', 0o100440, POD, POD, 'its group may read'],
    ['a group beside root', 0o100440, ROOT, ROOT, 'its group may read'],
    ['a group beside another user, to root', 0o100440, OTHER, ROOT, 'its group may read'],
    ['a group that writes', 0o100460, ROOT, POD, 'its group may write'],
  ])('is refused when it is open to %s', (_who, mode, uid, reader, rule) => expect(opennessOf({ mode, uid }, reader)).toContain(rule));
});
