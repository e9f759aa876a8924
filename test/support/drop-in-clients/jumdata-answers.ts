import type { ProviderFace } from '@app/contracts';
import { emptyFace, formatJumdataReply } from '@app/providers';
import type { Script } from '../verification-bench';

/** Replies of jumdata, as egress hands them on. */
export function jumdataAnswered(code: string, reply: { charge?: boolean; face?: Partial<ProviderFace>; detailUrl?: string } = {}): Script {
  const { charge = ['200', '201', '202'].includes(code), face = {}, detailUrl = '' } = reply;
  return ({ attemptId }) => ({
    state: 'answered',
    attemptId,
    httpStatus: 200,
    contentType: 'application/json',
    bodyBase64: formatJumdataReply({
      code,
      charge,
      taskNumber: '20260520101530004417',
      face: { ...emptyFace(), ...face },
      detailUrl,
    }).toString('base64'),
    sentAt: new Date().toISOString(),
    answeredAt: new Date().toISOString(),
  });
}
