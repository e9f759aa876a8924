/** A tenant of this name exists already. */
export class TenantExistsError extends Error {
  constructor(name: string, cause: unknown) {
    super(`there is a tenant called "${name}" already`, { cause });
    this.name = 'TenantExistsError';
  }
}

/** No tenant has this name, or the database role in use may not see it. */
export class TenantNotFoundError extends Error {
  constructor(name: string) {
    super(`there is no tenant called "${name}", or this is not the database's owner role`);
    this.name = 'TenantNotFoundError';
  }
}
