export { amountInWords, yuan } from './bill/money';
export { Random } from './bill/random';
export { sampleBill, type SampleBill } from './bill/sample-bill';
export { SAMPLE_KINDS, type SampleKind } from './bill/sample-kind';
export { DAMAGES, type Damage } from './damage/damage';
export type { QrForm } from './drawing/qr-text';
export { renderBill, renderTaxInvoice, type RenderedBill, type RenderOptions, type SampleMediaType } from './render-bill';
export { billXml } from './xml/bill-xml';
