import type { LookupAddress } from 'node:dns'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { openGuardedPosts } from '../../src/platform/node/guarded-post.ts'
import { createTargetRules, readAllowedTarget } from '../../src/platform/target-rules.ts'
import { startGateway } from '../channels/webhook/gateway.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

let gateway: Awaited<ReturnType<typeof startGateway>>
beforeEach(async () => {
  gateway = await startGateway()
  closers.push(() => gateway.stop())
})

/** Posts with a resolver that answers in turn, the last answer for ever. */
function posting(allowed: string[], ...answers: string[][]) {
  let asked = 0
  const posts = openGuardedPosts((_host, _options, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
    asked++
    const toAddress = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })
    setImmediate(() => callback(null, addresses.map(toAddress)))
  })
  closers.push(() => posts.close())
  const post = posts.open(createTargetRules(allowed.flatMap((one) => readAllowedTarget(one) ?? [])))
  return { send: (url: string) => post(new URL(url), { 'x-test': '1' }, 'body'), asked: () => asked }
}

describe('a post to an address that somebody typed', () => {
  it('goes where it may and follows no redirect', async () => {
    const { send } = posting(['127.0.0.1'])
    Object.assign(gateway.answer, { status: 307, headers: { location: '/elsewhere', 'retry-after': '5' } })
    expect(await send(gateway.url)).toMatchObject({ status: 307, retryAfter: '5' })
    expect(gateway.taken).toMatchObject([{ url: '/terminal/7', body: 'body', headers: { 'x-test': '1' } }])
  })

  test.each([
    ['loopback', '127.0.0.1'],
    ['the metadata of a cloud', '169.254.169.254'],
    ['a private network', '10.0.0.1'],
    ['a carrier’s own network', '100.64.0.1'],
    ['every address of this machine', '0.0.0.0'],
    ['loopback by IPv6', '::1'],
    ['an IPv4 address inside IPv6', '::ffff:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['a unique local address', 'fd00::1'],
    ['a link-local address', 'fe80::1%lo'],
  ])('never connects where a public name leads to %s', async (_what, address) => {
    const { send, asked } = posting([], [address])
    await expect(send(`https://gateway.example.org:${gateway.port}/`)).rejects.toMatchObject({
      kind: 'forbidden',
      uncertain: false,
    })
    expect(asked()).toBe(1)
    expect(gateway.connections()).toBe(0)
  })

  it('connects to what it judged: a name that leads elsewhere afterwards does not help', async () => {
    const allowed = await startGateway('127.0.0.2', gateway.port)
    closers.push(() => allowed.stop())
    const { send } = posting(['127.0.0.2'], ['127.0.0.2'], ['127.0.0.1'])
    const url = `https://gateway.example.org:${gateway.port}/`
    // The server speaks no TLS, so that every post makes a connection of its own.
    await expect(send(url)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(allowed.connections()).toBe(1)
    await expect(send(url)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(gateway.connections()).toBe(0)
  })

  it('uses of several addresses those that it may', async () => {
    const allowed = await startGateway('127.0.0.2', gateway.port)
    closers.push(() => allowed.stop())
    const { send } = posting(['127.0.0.2'], ['127.0.0.1', '127.0.0.2', '10.0.0.1'])
    await expect(send(`https://gateway.example.org:${gateway.port}/`)).rejects.toMatchObject({ kind: 'unreachable' })
    expect([gateway.connections(), allowed.connections()]).toEqual([0, 1])
  })

  it('connects by a name that a setting allows, also by plain http', async () => {
    const { send } = posting(['radio.local'], ['127.0.0.1'])
    expect(await send(`http://radio.local:${gateway.port}/`)).toMatchObject({ status: 202 })
  })

  it('knows that nothing arrived where nothing listens, and does not know where the line broke', async () => {
    const { send } = posting(['127.0.0.1'])
    gateway.answer.status = 0
    await expect(send(gateway.url)).rejects.toMatchObject({ kind: 'unreachable', uncertain: true })
    await gateway.stop()
    await expect(send(gateway.url)).rejects.toMatchObject({ kind: 'unreachable', uncertain: false })
    closers.shift()
  })
})
