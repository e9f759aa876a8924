import { DocumentReader } from '@app/documents';
import {
  billOfd,
  billPdf,
  billXml,
  type Chain,
  issueChain,
  rsaKey,
  sampleBill,
  signOfd,
  signPdf,
  signXml,
  sm2Key,
  type SigningKey,
} from '@app/samples';
import { unzipSync, zipSync } from 'fflate';
import { SOURCE_ARGV } from '../../../test/support/source-argv';
import { BillReader, type PageCodeReader, type PageReader } from './bill-reader';

const NOW = Date.parse('2026-11-22T04:00:00Z');
const bill = sampleBill(7, { today: '2026-11-22', kind: 'medical-outpatient' });

const untouched: PageReader = { read: () => Promise.reject(new TypeError('the engine has nothing to read here')) };
const blind: PageCodeReader = { read: () => Promise.resolve([]) };

async function signedOfd({ signer }: Chain): Promise<Buffer> {
  const files = new Map(Object.entries(unzipSync(await billOfd(bill))).map(([path, bytes]) => [path, Buffer.from(bytes)]));
  const entry = files
    .get('OFD.xml')
    ?.toString()
    .replace('</ofd:DocBody>', '<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>');
  files.set('OFD.xml', Buffer.from(entry ?? ''));
  return Buffer.from(zipSync(Object.fromEntries(signOfd(files, { signer }))));
}

/** Changes a figure where the file has it in clear, without changing its length. */
function altered(bytes: Buffer): Buffer {
  const files = unzipSync(bytes);
  const path = Object.keys(files).find((name) => name.endsWith('Content.xml')) ?? '';
  const content = Buffer.from(files[path] ?? []).toString();
  return Buffer.from(zipSync({ ...files, [path]: Buffer.from(content.replace(bill.elements.checkCode, '000000')) }));
}

const FORMS: [name: string, makeKey: () => SigningKey, sign: (chain: Chain) => Promise<Buffer>][] = [
  [
    'a PDF signed with RSA',
    rsaKey,
    async ({ signer, authority }) => signPdf(await billPdf([bill]), { signer, certificates: [signer.certificate, authority.certificate] }),
  ],
  ['an OFD sealed with SM2', sm2Key, signedOfd],
  ['XML signed with RSA', rsaKey, ({ signer }) => Promise.resolve(Buffer.from(signXml(billXml(bill), { signer })))],
];

describe.each(FORMS)('%s', (_, makeKey, sign) => {
  const chain = issueChain(makeKey);
  const readers: DocumentReader[] = [];
  let bytes: Buffer;

  const read = (file: Buffer, ...roots: Buffer[]) => {
    const trustedRoots = roots.map((root, i) => ({ name: `${i}.der`, bytes: new Uint8Array(root) }));
    const documents = new DocumentReader({ workerExecArgv: SOURCE_ARGV, trustedRoots });
    readers.push(documents);
    return new BillReader(untouched, blind, documents, () => NOW).read(file);
  };

  beforeAll(async () => void (bytes = await sign(chain)));
  afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.close())));

  it('is confirmed in every element under an installed root', async () => {
    const { decision, bills } = await read(bytes, chain.authority.certificate);
    expect(decision).toBe('auto');
    expect(bills[0]).toMatchObject({
      elements: bill.elements,
      reasons: [],
      signatures: [{ state: 'intact', signer: '某某市财政局', coversWhole: true }],
    });
    for (const name of ['billCode', 'billNumber', 'checkCode', 'issueDate', 'totalAmount'] as const) {
      expect(bills[0]?.fields[name]?.confirmedBy).toContain('signature');
    }
  });

  it('is confirmed in nothing under no root, which is said', async () => {
    const { decision, bills } = await read(bytes);
    expect(decision).toBe('auto');
    expect(bills[0]).toMatchObject({
      reasons: [{ code: 'signature-untrusted' }],
      signatures: [{ state: 'untrusted', signatureValid: true }],
    });
    expect(bills[0]?.fields.checkCode?.confirmedBy).not.toContain('signature');
  });
});

describe('an OFD changed after it was sealed', () => {
  it('goes to a person as altered', async () => {
    const chain = issueChain(sm2Key);
    const trustedRoots = [{ name: 'a.der', bytes: new Uint8Array(chain.authority.certificate) }];
    const documents = new DocumentReader({ workerExecArgv: SOURCE_ARGV, trustedRoots });
    try {
      const reader = new BillReader(untouched, blind, documents, () => NOW);
      const { decision, bills } = await reader.read(altered(await signedOfd(chain)));
      expect(decision).toBe('review');
      expect(bills[0]).toMatchObject({ signatures: [{ state: 'altered', digestMatches: false }] });
      expect(bills[0]?.reasons.map(({ code }) => code)).toContain('signature-altered');
    } finally {
      await documents.close();
    }
  });
});
