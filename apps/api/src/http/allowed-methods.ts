import { apiDocument } from '../openapi/document';

const ROUTES = Object.entries(apiDocument().paths).map(([path, item]) => ({
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
  methods: Object.keys(item).flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])),
}));

/** The methods that the path of a URL is served with; none when there is no such path. */
export function allowedMethods(url: string): string[] {
  const [path = ''] = url.split('?', 1);
  return ROUTES.find(({ pattern }) => pattern.test(path))?.methods ?? [];
}
