import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A place for data that can be filled up and freed while a process works there. */
export interface SmallDisk {
  folder: string
  fill(pid: number): void
  free(pid: number): void
  remove(): void
}

/** A file system of its own that is full; needs root. Null with the reason where the machine does not allow it. */
export function mountSmallDisk(): SmallDisk | { reason: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { encoding: 'utf8' })
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true })
    return { reason: `no file system could be mounted: ${mounted.stderr ?? mounted.error?.message}` }
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'w')
      try {
        for (;;) writeSync(file, Buffer.alloc(4096))
      } catch {
        // It is full.
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast),
    remove() {
      spawnSync('umount', [folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A process that may make no file larger, as with a quota. Null with the reason where that cannot be set. */
export function limitFiles(): SmallDisk | { reason: string } {
  if (spawnSync('prlimit', ['--version']).status !== 0) return { reason: 'the program prlimit is not there' }
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-quota-'))
  const limit = (pid: number, bytes: number | 'unlimited') => {
    const set = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`], { encoding: 'utf8' })
    if (set.status !== 0) throw new Error(set.stderr)
  }
  return {
    folder,
    fill: (pid) => limit(pid, statSync(join(folder, 'tocsin.db-wal')).size),
    free: (pid) => limit(pid, 'unlimited'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
