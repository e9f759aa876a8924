import { idIn } from './id-in';

const ID = '0199a6b0-0000-7000-8000-000000000001';

it.each([
  [ID, ID],
  [` ${ID.toUpperCase()} `, ID],
  [`https://piaoyan.bank.example/#/ledger/${ID}`, ID],
  [`${ID} ${ID}`, null],
  ['0019304458', null],
  ['', null],
])('of %p is %p', (text, id) => {
  expect(idIn(text)).toBe(id);
});
