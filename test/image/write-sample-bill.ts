import { writeFileSync } from 'node:fs';
import { renderBill, sampleBill } from '@app/samples';

/** Writes a made-up bill for `docker/verify.sh` to the path given, and prints its bill number. */
async function main(path: string): Promise<void> {
  const bill = sampleBill(7, { today: new Date().toISOString().slice(0, 10) });
  writeFileSync(path, (await renderBill(bill)).image);
  process.stdout.write(`${bill.elements.billNumber}\n`);
}

void main(process.argv[2] ?? 'bill.png');
