import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOfd, billPdf, billXml, renderBill, sampleBill } from '@app/samples';

/** Writes a made-up bill in every form for `docker/verify.sh` into the folder given, and prints its bill number. */
async function main(folder: string): Promise<void> {
  const bill = sampleBill(7, { today: new Date().toISOString().slice(0, 10) });
  writeFileSync(join(folder, 'bill.png'), (await renderBill(bill)).image);
  writeFileSync(join(folder, 'bill.pdf'), await billPdf([bill]));
  writeFileSync(join(folder, 'bill.ofd'), await billOfd(bill));
  writeFileSync(join(folder, 'bill.xml'), billXml(bill));
  process.stdout.write(`${bill.elements.billNumber}\n`);
}

void main(process.argv[2] ?? '.');
