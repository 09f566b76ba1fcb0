import { ROUTES } from '../../src/http/create-app.ts'
import { documentationRoutes } from '../../src/http/routes/documentation.ts'

/** Every route that the service has, for tests that are generated from the table. */
export const EVERY_ROUTE = [...ROUTES, ...documentationRoutes(ROUTES)]

/** A path with something in place of its parameters. */
export function filled(path: string): string {
  return path.replace(/:topic\{[^}]*\}/, 'sms').replace(/:\w+/g, 'x')
}
