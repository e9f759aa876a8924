import { zipFile } from './zip-file';
import { denseDeflate } from './dense-deflate';
import type { HostileFile } from './hostile-file';

const MIB = 1_048_576;
const ENTRY = { name: 'OFD.xml', content: '<OFD/>' };
const UNIX = 3 << 8;
const LINK = 0o120777 * 65_536;

/** Archives with an OFD document's entry point, so that they are opened. */
export const HOSTILE_ARCHIVES: readonly HostileFile[] = [
  {
    name: 'a bomb that says how much it inflates to',
    make: () => zipFile([ENTRY, { name: 'a', deflated: denseDeflate(1_024), bytes: 1_024 * MIB }]),
    ends: ['refused: unsafe'],
  },
  {
    name: 'a bomb that says it is small',
    make: () => zipFile([{ name: 'OFD.xml', deflated: denseDeflate(1_024), bytes: 1_000, crc: 0 }]),
    ends: ['refused: unsafe', 'refused: damaged'],
  },
  {
    name: 'a bomb that says it is as large as is allowed',
    make: () => zipFile([{ name: 'OFD.xml', deflated: denseDeflate(1_024, '<a>'), bytes: 16 * MIB }]),
    ends: ['refused: unsafe', 'refused: damaged'],
  },
  {
    name: 'many bombs within the limits of each',
    make: () =>
      zipFile([ENTRY, ...Array.from({ length: 100 }, (_, i) => ({ name: `a${i}`, deflated: denseDeflate(28), bytes: 28 * MIB }))]),
    ends: ['refused: unsafe'],
  },
  {
    name: 'more entries than allowed',
    make: () => zipFile([ENTRY, ...Array.from({ length: 2_100 }, (_, i) => ({ name: `a${i}`, content: '' }))]),
    ends: ['refused: unsafe'],
  },
  {
    name: 'an end that counts more entries than there are',
    make: () => zipFile([ENTRY], { count: 65_534 }),
    ends: ['refused: unsafe', 'refused: damaged', 'refused: archive'],
  },
  {
    name: 'entries that share their data',
    make: () =>
      zipFile([
        ENTRY,
        { name: 'a', deflated: denseDeflate(16), bytes: 16 * MIB },
        ...Array.from({ length: 50 }, (_, i) => ({ name: `b${i}`, sameDataAs: 1, deflated: denseDeflate(16), bytes: 16 * MIB })),
      ]),
    ends: ['refused: unsafe'],
  },
  {
    name: 'an archive in an archive in an archive',
    make: () => {
      let inner = zipFile([ENTRY, { name: 'a', deflated: denseDeflate(256), bytes: 256 * MIB }]);
      for (let depth = 0; depth < 20; depth += 1) inner = zipFile([ENTRY, { name: 'inner.ofd', content: inner }]);
      return inner;
    },
    ends: ['refused: damaged'],
  },
  { name: 'a name that leads out', make: () => zipFile([ENTRY, { name: '../../../tmp/a', content: 'a' }]), ends: ['refused: unsafe'] },
  { name: 'an absolute name', make: () => zipFile([ENTRY, { name: '/etc/passwd', content: 'a' }]), ends: ['refused: unsafe'] },
  { name: 'a drive in a name', make: () => zipFile([ENTRY, { name: 'C:/a', content: 'a' }]), ends: ['refused: unsafe'] },
  { name: 'a backslash in a name', make: () => zipFile([ENTRY, { name: '..\\a', content: 'a' }]), ends: ['refused: unsafe'] },
  { name: 'a NUL in a name', make: () => zipFile([ENTRY, { name: 'a\0.xml', content: 'a' }]), ends: ['refused: unsafe'] },
  {
    name: 'a name that is 60,000 long',
    make: () => zipFile([ENTRY, { name: 'a'.repeat(60_000), content: 'a' }]),
    ends: ['refused: unsafe'],
  },
  { name: 'two names for one entry', make: () => zipFile([{ ...ENTRY, localName: 'OFD.xmx' }]), ends: ['refused: unsafe'] },
  { name: 'two entries of one name', make: () => zipFile([ENTRY, { name: 'OFD.xml', content: '<OFD></OFD>' }]), ends: ['refused: unsafe'] },
  {
    name: 'a link',
    make: () => zipFile([ENTRY, { name: 'a', content: '/etc/passwd', madeBy: UNIX, attributes: LINK }]),
    ends: ['refused: unsafe'],
  },
  { name: 'encrypted entries', make: () => zipFile([{ ...ENTRY, flags: 1 }]), ends: ['refused: encrypted'] },
  { name: 'a compression nobody knows', make: () => zipFile([{ ...ENTRY, method: 98 }]), ends: ['refused: unsupported-form'] },
  { name: 'data that do not fit their checksum', make: () => zipFile([{ ...ENTRY, crc: 1 }]), ends: ['refused: damaged'] },
  {
    name: 'data that are not deflated',
    make: () => zipFile([{ ...ENTRY, deflated: Buffer.from('not deflated at all') }]),
    ends: ['refused: damaged'],
  },
];
