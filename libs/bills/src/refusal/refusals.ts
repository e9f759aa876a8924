import type { Reading } from '@app/contracts';

/** Why a document is not read as a fiscal bill. */
export type Refusal = NonNullable<Reading['refusal']>;

const REFUSALS = {
  'blank-page': entry('没有找到文字：页面为空白，或不是票据图像', 'No text was found: the page is blank, or it is no picture of a bill'),
  'not-a-bill': entry(
    '未识别到财政票据。若确为财政票据，请重新拍摄清晰完整的图像',
    'No fiscal bill was recognised. If it is one, take a new picture that is sharp and complete',
  ),
  'tax-invoice': entry('这是税务发票，不是财政票据，本系统只受理财政票据', 'This is a tax invoice; only fiscal bills are accepted'),
  'digital-invoice': entry(
    '这是数电发票，不是财政票据，本系统只受理财政票据',
    'This is a fully digitalised tax invoice (数电票); only fiscal bills are accepted',
  ),
  'blockchain-invoice': entry('这是区块链电子发票，不是财政票据', 'This is a blockchain tax invoice; only fiscal bills are accepted'),
  'transport-ticket': entry('这是交通客票或行程单，不是财政票据', 'This is a transport ticket; only fiscal bills are accepted'),
  'other-xml': entry(
    '这是 XML 文件，但其中没有财政电子票据。请提交票据的 XML、版式文件或图像',
    'This is XML, but there is no fiscal e-bill in it. Send the XML of the bill, its layout file or a picture',
  ),
  'fee-list': entry('这是费用清单，不是财政票据，请提交票据本身', 'This is a list of charges, not a bill; attach the bill itself'),
} as const;

/** A refusal's stable code. */
export type RefusalCode = keyof typeof REFUSALS;

/** The refusal in words a clerk understands. */
export function refusal(code: RefusalCode): Refusal {
  return { code, message: REFUSALS[code] };
}

function entry(zh: string, en: string): Refusal['message'] {
  return { 'zh-CN': zh, en };
}
