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
  encrypted: entry('文件已加密，无法识别，请提交未加密的文件', 'The document is encrypted and cannot be read; send one that is not'),
  damaged: entry('文件已损坏或不完整，请重新获取或扫描后提交', 'The document is damaged or cut off; obtain or scan it again'),
  unsafe: entry(
    '文件含有不被接受的内容，或结构异常庞大，已停止处理',
    'The document has content that is not accepted, or is far too large in structure; it was not processed any further',
  ),
  'too-large': entry('文件的像素数或页数超过上限', 'The document has more pixels or pages than allowed'),
  archive: entry('这是压缩包，请逐份提交其中的文件', 'This is an archive; send its documents one by one'),
  'unsupported-form': entry('文件不是受支持的票据格式', 'The file has no form that bills are read from'),
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
