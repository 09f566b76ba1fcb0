import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { SECOND } from '../../src/domain/clock.ts'
import { openMailServers } from '../../src/platform/node/smtp-transport.ts'
import { startMailServer } from '../channels/smtp/mail-server.ts'
import { startRig } from '../harness/rig.ts'

const TOKEN = 'an-invented-token-of-30-letters'
const NOTICE = readFileSync(join(import.meta.dirname, '../fixtures/cases/case-25-auto-reply.eml'), 'utf8')
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('a machine that answers a mail (reported failure 25)', () => {
  it.each([
    ['as reported', NOTICE],
    ['without the header of RFC 3834', NOTICE.replace(/^Auto-Submitted:.*\r?\n/m, '')],
    ['with nothing but the mark of its precedence', NOTICE.replace(/^(Auto-Submitted|X-Auto-.*?):.*\r?\n/gm, '')],
  ])('answers nothing, was asked not to, and the next channel follows: %s', async (_, notice) => {
    const server = await startMailServer({ hideDSN: false })
    const mailServers = openMailServers()
    const url = `smtp://127.0.0.1:${server.port}`
    const carrier = { name: 'mail', kind: 'smtp', channels: ['email'], url, from: 'alarm@example.org' } as const
    const rig = await startRig(':memory:', undefined, {
      carriers: [{ ...carrier, channels: ['email'], callbackToken: TOKEN }],
      openMail: mailServers.open,
    })
    closers.push(() => server.close(), mailServers.close, rig.close)
    await rig.importPeople('id,name,mobile,email\nA,Camille Durand,+447700900101,camille@example.org')
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['email'] },
        { after: 'PT10S', channels: ['sms'] },
      ],
    })
    const { id, code } = await rig.raise()
    await rig.advance(2 * SECOND)
    const mail = server.taken[0]?.mail
    const headerOf = (name: string) => mail?.headers.find(({ key }) => key === name)?.value
    expect(headerOf('auto-submitted')).toBe('auto-generated')
    expect(headerOf('x-auto-response-suppress')).toBe('All')
    // Bounces are wanted all the same: without them nobody knows that the mail was lost.
    expect(server.taken[0]?.notify).toEqual(['FAILURE'])
    const body = notice.replaceAll('<a7-4821@alerts.example.org>', mail?.messageId ?? '').replaceAll('4821', code)
    const headers = { 'content-type': 'message/rfc822' }
    const path = `/callbacks/mail/${TOKEN}/email`
    expect((await rig.ask(path, { as: '', method: 'POST', body, headers })).ok).toBe(true)
    await rig.advance(10 * SECOND)
    expect((await rig.alert(id)).counts.acknowledged).toBe(0)
    expect(rig.simulator.phones.get('+447700900101').texts).toHaveLength(1)
  })
})
