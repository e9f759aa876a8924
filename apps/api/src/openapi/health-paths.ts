/** What a cluster asks of the process. */
export function healthPaths(): object {
  const health = (summary: string): object => ({
    get: {
      tags: ['health'],
      summary,
      security: [],
      responses: { 200: { description: 'Yes' }, 503: { description: 'No; `failing` names why' } },
    },
  });
  return {
    '/health/live': health('The process runs'),
    '/health/startup': health('The process has started'),
    '/health/ready': health('The process can serve'),
  };
}
