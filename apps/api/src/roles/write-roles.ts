import { writeFileSync } from 'node:fs';
import { ROLES_FILE, rolesText, ROUTES_FILE, routesText } from './roles-document';

// Changes of rights belong into review as text.
writeFileSync(ROLES_FILE, rolesText());
writeFileSync(ROUTES_FILE, routesText());
