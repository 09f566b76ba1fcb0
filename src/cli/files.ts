import type { CliHost } from './host.ts'
import { Misuse, ownProblem, Refusal } from './refusal.ts'

/** @throws Misuse when there is no such file */
export async function readInput(host: CliHost, path: string): Promise<Uint8Array> {
  try {
    return await host.readFile(path)
  } catch {
    throw new Misuse('cli.file_unreadable', `The file ${path} cannot be read.`, 'file')
  }
}

/** @throws Misuse when there is no such file, or it is not JSON */
export async function readJson(host: CliHost, path: string): Promise<unknown> {
  const content = await readInput(host, path)
  try {
    return JSON.parse(new TextDecoder().decode(content)) as unknown
  } catch {
    throw new Misuse('cli.file_not_json', `The file ${path} is not JSON.`, 'file')
  }
}

/** @throws Refusal when it cannot be written */
export async function writeOutput(host: CliHost, path: string, content: Uint8Array): Promise<void> {
  try {
    await host.writeFile(path, content)
  } catch {
    throw new Refusal(ownProblem('cli.file_not_written', `The file ${path} cannot be written.`, 500, 'out'))
  }
}
