import { ProviderCodes } from './provider-codes';
import { parseSettingsFile, SettingsFileError } from './settings-file';

it('tells the file, the place and the rule, and no value', () => {
  const parse = (text: string) => () => parseSettingsFile('codes.json', text, ProviderCodes);
  expect(parse('{"netocr":{}}')()).toEqual({ netocr: {} });
  expect(parse('{"netocr":')).toThrow(new SettingsFileError('codes.json', ['is not JSON']));
  expect(parse('{"netocr":{"0":{"outcome":"ACCOUNT","charge":"charged","message":"m"}}}')).toThrow(
    'codes.json: netocr.0 is documented and cannot be changed',
  );
  expect(parse('{"netocr":{"-7":{"outcome":"hidden","charge":"charged","message":"m"}}}')).toThrow(/netocr\.-7\.outcome (?!.*hidden)/);
});
