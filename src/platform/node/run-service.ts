import { ConfigProblem, readEnvironment } from '../config.ts'
import { prepareDemo } from './prepare-demo.ts'
import { startService } from './start-service.ts'

/** Serves until it is told to stop. A wrong setting ends the start with one sentence. */
export async function runService(): Promise<void> {
  try {
    const service = await startService(readEnvironment(process.env), process.env)
    const stop = () => void service.stop().then(() => process.exit(0))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    say(`Tocsin listens on ${service.url}`)
    if (service.demo) {
      const { link } = await prepareDemo(service)
      service.simulator?.startCrowd(1)
      say('DEMO: nothing here reaches a real phone.')
      say(`  Sign in (once):   ${link}`)
      say(`  Simulated phones: ${service.url}/phones`)
    }
  } catch (error) {
    endStart(error)
  }
}

/** Ends a start that must not happen with one sentence. @throws what is a bug */
export function endStart(error: unknown): never {
  if (!(error instanceof ConfigProblem) && !isSystemError(error)) throw error
  console.error(`Tocsin did not start. ${error.message}`)
  process.exit(1)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}
