import type { SampleBill } from '../bill/sample-bill';

/** `comma`: five elements after the region's tag; `url`: three elements in an address's path; `none`: no code printed. */
export type QrForm = 'comma' | 'url' | 'none';

/** What the bill's QR code says. */
export function qrText(bill: SampleBill, form: QrForm): string | null {
  const { billCode, billNumber, checkCode, issueDate, totalAmount } = bill.elements;
  switch (form) {
    case 'none':
      return null;
    case 'comma':
      return [`CZ-EI-${bill.region.prefix}`, billCode, billNumber, checkCode, issueDate.replaceAll('-', ''), totalAmount].join(',');
    case 'url':
      return `http://einvoice.example.cn/page/${billCode}/${billNumber}/${checkCode}`;
  }
}
