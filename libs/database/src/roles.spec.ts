import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roleStatements } from './roles';

describe('deploy/sql/roles.sql', () => {
  it('shows the database administrator exactly the statements that the product runs where it may', () => {
    const shown = readFileSync(join(__dirname, '../../../deploy/sql/roles.sql'), 'utf8');
    const statements = shown.split('\n').filter((line) => line !== '' && !line.startsWith('--') && !line.startsWith('\\'));
    expect(statements).toEqual(roleStatements((role) => `:'${role}_password'`).map((statement) => `${statement};`));
  });
});
