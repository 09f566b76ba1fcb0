import { execFileSync } from 'node:child_process'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { INVITE_COMMAND, TEMPLATES_COMMAND, writeRaiseCommand } from '../../pwa/command-line.ts'
import { fakeHost } from '../cli/fake-host.ts'

const PREFIX = 'npm run -s tocsin -- '
/** The words of a command as a real shell hands them over. */
const wordsOf = (command: string) =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command.slice(PREFIX.length)}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)

describe('a command that is shown in an emergency', () => {
  test('names the template and the trees that were chosen', () => {
    expect(writeRaiseCommand('Evacuate now', ['Night shift', 'Docks'], 'live')).toBe(
      'npm run -s tocsin -- alert raise --template "Evacuate now" --tree "Night shift" "Docks" --live',
    )
  })

  test('survives the shell whatever the names are', () => {
    expect(wordsOf(writeRaiseCommand('Pay $5 "now"', ["Ann's `team`", 'Docks!'], 'drill'))).toEqual([
      ...['alert', 'raise', '--template', 'Pay $5 "now"', '--tree', "Ann's `team`", 'Docks!', '--drill'],
    ])
  })

  test.each([INVITE_COMMAND, TEMPLATES_COMMAND, writeRaiseCommand(undefined, [], 'live')])(
    'is right as it stands: %s',
    async (command) => {
      expect(command.startsWith(PREFIX)).toBe(true)
      const host = fakeHost(new Hono().all('*', (c) => c.json({ code: 'refused', detail: 'no', status: 422 }, 422)))
      host.files.set('FILE', '{}')
      // 1: it was understood and carried out, and this service says no. 2 would be wrong use.
      expect((await host.run(...wordsOf(command))).status).toBe(1)
    },
  )
})
