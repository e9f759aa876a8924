/** A tenant cannot be erased now, or not by this command. */
export class TenantErasureError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TenantErasureError';
  }
}
