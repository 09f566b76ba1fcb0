/** The pages of the app. Everything else on this host belongs to the service. */
export type Route =
  | { name: 'home' }
  | { name: 'sign-in' }
  | { name: 'raise' }
  | { name: 'board'; alert: string }
  | { name: 'people' }
  | { name: 'import' }
  | { name: 'trees' }
  | { name: 'tree'; tree: string }
  | { name: 'weak' }
  | { name: 'reach' }
  | { name: 'person'; person: string }
  | { name: 'templates' }
  | { name: 'report'; alert: string }
  | { name: 'mine'; alert: string }
  | { name: 'words' }

const FIXED: Readonly<Record<string, Route>> = {
  '/': { name: 'home' },
  '/sign-in': { name: 'sign-in' },
  '/raise': { name: 'raise' },
  '/people': { name: 'people' },
  '/people/import': { name: 'import' },
  '/people/reach': { name: 'reach' },
  '/trees': { name: 'trees' },
  '/trees/weak': { name: 'weak' },
  '/templates': { name: 'templates' },
  '/words': { name: 'words' },
}

/** The page at a path, or null where the path is not one of the app's. */
export function matchRoute(path: string): Route | null {
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  if (Object.hasOwn(FIXED, plain)) return FIXED[plain] ?? null
  const [, folder, id, ...rest] = plain.split('/')
  if (!id || rest.length > 0 || !/^[\w-]+$/.test(id)) return null
  if (folder === 'alerts') return { name: 'board', alert: id }
  if (folder === 'reports') return { name: 'report', alert: id }
  if (folder === 'people') return { name: 'person', person: id }
  if (folder === 'trees') return { name: 'tree', tree: id }
  if (folder === 'my') return { name: 'mine', alert: id }
  return null
}
