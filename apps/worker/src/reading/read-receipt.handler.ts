import type { JobPayloads } from '@app/contracts';
import { type Handles, type JobDelivery, JobHandler } from '@app/queue';
import { ReceiptReading } from '@app/receipts';

@JobHandler('receipt.read')
export class ReadReceiptHandler implements Handles<'receipt.read'> {
  constructor(private readonly reading: ReceiptReading) {}

  async handle(payload: JobPayloads['receipt.read'], job: JobDelivery): Promise<void> {
    await this.reading.read(payload, job);
  }
}
