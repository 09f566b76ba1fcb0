/** Carries a request to the service: over the network, or to the application in this process. */
export type Transport = (request: Request) => Promise<Response>

/** The local database, opened without a running service. */
export interface LocalService {
  transport: Transport
  /** Sends what is due until nothing of the alert waits any more; says how far it is. */
  dispatch(alertId: string, progress: (text: string) => void): Promise<void>
  close(): Promise<void>
}

/** What the command line needs from the machine it runs on. */
export interface CliHost {
  out(text: string): void
  err(text: string): void
  readFile(path: string): Promise<Uint8Array>
  writeFile(path: string, content: Uint8Array): Promise<void>
  remote(url: string, key: string): Transport
  local(): Promise<LocalService>
  serve(): Promise<void>
  newId(): string
}
