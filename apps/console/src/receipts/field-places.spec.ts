import { bill, field } from '../testing/made-up-bill';
import { startDraft } from '../verification/elements-draft';
import { markElements } from './element-marks';
import { placesOf } from './field-places';

const read = bill({
  decision: 'review',
  reasons: [{ code: 'look-alike', field: 'checkCode', message: { 'zh-CN': '形近字符', en: 'Look-alikes' } }],
  fields: {
    billCode: field('32060126'),
    checkCode: field('5d07ea'),
    payer: field('张三'),
    payee: field('某医院', { quad: null }),
    title: field('第二页', { page: 2 }),
  },
});

describe('placesOf', () => {
  const places = placesOf(read, markElements(read, startDraft(read)), 1);

  it('places what has a place on the page, elements on top', () => {
    expect(places.map(({ name }) => name)).toEqual(['payer', 'checkCode', 'billCode']);
    expect(placesOf(read, markElements(read, startDraft(read)), 2).map(({ name }) => name)).toEqual(['title']);
  });

  it('tells what a person must look at from what is certain', () => {
    expect(places.map(({ weight }) => weight)).toEqual(['other', 'open', 'element']);
  });
});
