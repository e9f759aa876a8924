/** More records were found than name one person. */
export class SubjectTooLargeError extends Error {
  constructor(most: number) {
    super(`more than ${most} records name this payer: that is no person, or ask by parts`);
    this.name = 'SubjectTooLargeError';
  }
}
