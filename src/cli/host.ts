import type { KeyRole } from '../domain/access/role.ts'

/** Carries a request to the service: over the network, or to the application in this process. */
export type Transport = (request: Request) => Promise<Response>

/** The local database, opened without a running service. */
export interface LocalService {
  transport: Transport
  /** Sends what is due until nothing of the alert waits any more; says how far it is. */
  dispatch(alertId: string, progress: (text: string) => void): Promise<void>
  close(): Promise<void>
}

/** A key made without a service, and the statements that put it into a database. */
export interface PreparedKey {
  id: string
  secret: string
  sql: string
}

/** What the command line needs from the machine it runs on. */
export interface CliHost {
  version: string
  /** `TOCSIN_URL` and `TOCSIN_KEY`, for those who will not have a key in the list of processes. */
  environment: { url: string | undefined; key: string | undefined }
  out(text: string): void
  err(text: string): void
  /** Shows how far long work is, in place of what it showed before; absent where nobody sits before a terminal. */
  progress?: (text: string) => void
  readFile(path: string): Promise<Uint8Array>
  writeFile(path: string, content: Uint8Array): Promise<void>
  remote(url: string, key: string): Transport
  /** @throws Refusal naming the setting that is wrong */
  local(): Promise<LocalService>
  prepareKey(name: string, role: KeyRole): PreparedKey
  serve(): Promise<void>
  newId(): string
}
