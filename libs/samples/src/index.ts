export { amountInWords, yuan } from './bill/money';
export { sampleBill, SAMPLE_KINDS, type SampleBill, type SampleKind } from './bill/sample-bill';
export { DAMAGES, type Damage } from './damage/damage';
export type { QrForm } from './drawing/qr-text';
export { renderBill, renderTaxInvoice, type RenderedBill, type RenderOptions, type SampleMediaType } from './render-bill';
