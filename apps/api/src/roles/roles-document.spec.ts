import { readFileSync } from 'node:fs';
import { Role, Scope } from '@app/tenancy';
import { ROLES_FILE, rolesText, ROUTES_FILE, routesText, scopesOfRoutes } from './roles-document';

describe('the written roles', () => {
  it('are those of the program: run npm run roles', () => {
    expect(readFileSync(ROLES_FILE, 'utf8')).toBe(rolesText());
    expect(readFileSync(ROUTES_FILE, 'utf8')).toBe(routesText());
  });

  it('name every scope and role, and no route without a scope', () => {
    const text = rolesText();
    for (const scope of Scope.options) expect(text).toContain(`\`${scope}\``);
    expect(
      text
        .split('\n')
        .find((line) => line.startsWith('| 权限'))
        ?.split('|'),
    ).toHaveLength(Role.options.length + 3);
    expect(Object.keys(scopesOfRoutes()).length).toBeGreaterThan(40);
  });
});
