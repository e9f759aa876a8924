import { billOfd, billPdf, billXml, sampleBill, type SampleBill } from '@app/samples';
import type { Subject } from './fuzz-case';

/** The day on which the documents are read. */
export const FUZZ_DAY = '2026-11-22';

/** Documents as they are issued, every one of which reads well unspoilt. */
export async function fuzzSubjects(): Promise<Subject[]> {
  const bill = (seed: number): SampleBill => sampleBill(seed, { today: FUZZ_DAY });
  return Promise.all([
    subject('xml', Buffer.from(billXml(bill(11)))),
    subject('xml of another bill', Buffer.from(billXml(bill(12)))),
    subject('pdf', billPdf([bill(13)])),
    subject('pdf of two bills with their xml', billPdf([bill(14), bill(15)], { hasXml: true })),
    subject('ofd', billOfd(bill(16))),
    subject('ofd with its xml', billOfd(bill(17), { attached: bill(17) })),
  ]);
}

async function subject(name: string, bytes: Buffer | Promise<Buffer>): Promise<Subject> {
  return { name, bytes: await bytes };
}
