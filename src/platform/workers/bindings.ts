/** The few parts of the Workers runtime that this home uses; its own types clash with those of browsers. */
export interface D1Statement {
  bind(...values: readonly unknown[]): D1Statement
  all(): Promise<{ results?: Record<string, unknown>[] }>
  run(): Promise<unknown>
  raw(): Promise<unknown[][]>
}
export interface D1Database {
  prepare(sql: string): D1Statement
  batch(statements: readonly D1Statement[]): Promise<{ results?: Record<string, unknown>[] }[]>
}

export interface DispatchQueue {
  send(body: unknown, options?: { delaySeconds?: number }): Promise<unknown>
}

export interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void
}

export interface Bindings {
  DB: D1Database
  DISPATCH: DispatchQueue
  ASSETS: { fetch(request: Request): Promise<Response> }
  TOCSIN_SECRET?: string
  TOCSIN_PUBLIC_URL?: string
  /** The carriers' JSON itself: there are no files here. */
  TOCSIN_CARRIERS?: string
  TOCSIN_REGION?: string
  TOCSIN_LANGUAGE?: string
  TOCSIN_ORGANISATION?: string
}
