import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { descendants } from './processor.ts'

let root: string | null = null

/** A new folder that is gone when the run is over, however it ends. */
export function makeFolder(name: string): string {
  root ??= makeRoot()
  return mkdtempSync(join(root, `${name}-`))
}

function makeRoot(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
  // PostgreSQL runs as an account of its own, and has to get at its folder in here.
  chmodSync(folder, 0o711)
  return folder
}

/** Ends everything that this process has started, and removes what was written, also when it is told to stop. */
export function cleanUpAtEnd(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  process.once('exit', () => {
    for (const pid of descendants()) endProcess(pid)
    if (root) rmSync(root, { recursive: true, force: true })
  })
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
