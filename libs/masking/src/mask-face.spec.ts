import { FaceItem, ProviderFace } from '@app/contracts';
import { maskFace } from './mask-face';

const faceItem: FaceItem = {
  ...{ sequence: '1', itemCode: 'A1', itemName: '化疗费', standard: '每次', unit: '次', quantity: '1', unitPrice: '1.00' },
  ...{ amount: '1.00', itemRemark: '第三次' },
};
const EMPTY = Object.fromEntries(
  Object.keys(ProviderFace.shape).map((name) => [name, ['items', 'itemDetails', 'otherInfo'].includes(name) ? [] : null]),
) as unknown as ProviderFace;

describe('maskFace', () => {
  it('hides the payer, the remark and the values of other information, and nothing else', () => {
    const face: ProviderFace = {
      ...EMPTY,
      payer: '张三丰',
      payerCreditCode: '330102199001010021',
      payee: '示例市第一医院',
      title: '示例省公益事业捐赠统一票据',
      remark: '代张三丰缴',
      items: [faceItem],
      otherInfo: [
        { cn: '门诊号', en: 'patientNumber', value: '88120435' },
        { cn: '性别', en: '', value: '' },
      ],
    };
    expect(maskFace(face)).toEqual({
      ...face,
      payer: '张**',
      payerCreditCode: '**************0021',
      remark: '***',
      otherInfo: [
        { cn: '门诊号', en: 'patientNumber', value: '***' },
        { cn: '性别', en: '', value: '' },
      ],
    });
  });

  it('hides what was done in a hospital, and leaves what it cost', () => {
    const [row] = maskFace({ ...EMPTY, title: '示例省医疗门诊收费票据', items: [faceItem] }).items;
    expect(row).toEqual({ ...faceItem, itemCode: '***', itemName: '***', standard: '***', itemRemark: '***' });
  });

  it('leaves what is not given not given, masks again what was masked, and hides a short code whole', () => {
    expect(maskFace(EMPTY)).toEqual(EMPTY);
    expect(maskFace({ ...EMPTY, payer: '甲**', payerCreditCode: '0021' })).toMatchObject({ payer: '甲**', payerCreditCode: '****' });
  });
});
