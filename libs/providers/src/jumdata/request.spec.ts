import { JumdataCredentials } from './credentials';
import { encodeJumdataRequest } from './request';
import { isJumdataSignature, signJumdata } from './sign';

const vector = {
  appId: 'piaoyan-demo-01',
  appSecret: '9a41c7d2e85f4b60a3d1',
  timestamp: '1779243330000',
  sign: '6ee88c832410ebb867aa31f1eb6122e465a24259c8946835890bbe570025f896',
};
const elements = { billCode: '42050126', billNumber: '0007315520', checkCode: '90d3f1', issueDate: '2026-05-12', totalAmount: '12605.50' };
const credentials = JumdataCredentials.parse({ appId: vector.appId, appSecret: vector.appSecret });

describe('jumdata request', () => {
  it('signs the documented test vector', () => {
    expect(signJumdata(vector.appId, vector.appSecret, vector.timestamp)).toBe(vector.sign);
  });

  it('accepts a signature in either case, and no other', () => {
    expect(isJumdataSignature(vector.sign.toUpperCase(), vector.sign)).toBe(true);
    expect(isJumdataSignature(`${vector.sign.slice(0, -1)}7`, vector.sign)).toBe(false);
    expect(isJumdataSignature('', vector.sign)).toBe(false);
  });

  it('puts all eight parameters into the body and none into the path', () => {
    const request = encodeJumdataRequest(credentials, elements, new Date(Number(vector.timestamp)));
    expect(request.path).toBe('/invoice/validate/fiscal');
    expect(request.body.toString()).toBe(
      `appId=piaoyan-demo-01&timestamp=1779243330000&sign=${vector.sign}&fpdm=42050126&fphm=0007315520&jym=90d3f1&kqrq=2026-05-12&je=12605.50`,
    );
    expect(Object.keys(request.headers)).toEqual(['Content-Type', 'Content-Length']);
  });

  it('names the day kprq only when so configured, and the secret never', () => {
    const request = encodeJumdataRequest({ ...credentials, dateParameter: 'kprq' }, elements, new Date());
    expect(request.body.toString()).toContain('kprq=2026-05-12');
    expect(request.body.toString()).not.toContain('kqrq');
    expect(request.body.toString()).not.toContain(vector.appSecret);
  });
});
