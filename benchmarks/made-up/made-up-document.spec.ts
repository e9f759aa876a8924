import { sniff } from '@app/documents';
import { parseExpectations } from '../documents/expected-document';
import { madeUpDocument } from './made-up-document';

const TODAY = '2026-11-22';

describe('made-up documents', () => {
  it('are of every form, with a truth that the benchmark of documents takes', async () => {
    const forms = new Set<string | null>();
    for (let number = 0; number < 10; number += 1) {
      const { bytes, row } = await madeUpDocument(number, TODAY);
      forms.add(sniff(bytes));
      const [expected] = parseExpectations('.', [row]);
      expect(expected).toMatchObject({ file: row.file, expect: 'read' });
      expect(expected?.bills[0]?.fields.billNumber).toMatch(/^\d{10}$/u);
    }
    expect([...forms].sort()).toEqual(['application/pdf', 'application/xml', 'application/zip', 'image/jpeg', 'image/png']);
  });

  it('are the same for the same number, and others for another', async () => {
    const [first, again, other] = [await madeUpDocument(7, TODAY), await madeUpDocument(7, TODAY), await madeUpDocument(17, TODAY)];
    expect(again.row).toEqual(first.row);
    expect(other.row.bills).not.toEqual(first.row.bills);
  });
});
