import { emptyFace } from '@app/providers';
import { maskFace } from './mask-face';

describe('maskFace', () => {
  it('hides the payer and the values of other information, and nothing else', () => {
    const face = {
      ...emptyFace(),
      payer: '张三丰',
      payerCreditCode: '330102199001010021',
      payee: '示例市第一医院',
      otherInfo: [
        { cn: '门诊号', en: 'patientNumber', value: '88120435' },
        { cn: '性别', en: '', value: '' },
      ],
    };
    expect(maskFace(face)).toEqual({
      ...face,
      payer: '张**',
      payerCreditCode: '**************0021',
      otherInfo: [
        { cn: '门诊号', en: 'patientNumber', value: '***' },
        { cn: '性别', en: '', value: '' },
      ],
    });
  });

  it('leaves what is not given not given, masks again what was masked, and hides a short code whole', () => {
    expect(maskFace(emptyFace())).toEqual(emptyFace());
    expect(maskFace({ ...emptyFace(), payer: '甲**', payerCreditCode: '0021' })).toMatchObject({ payer: '甲**', payerCreditCode: '****' });
  });
});
