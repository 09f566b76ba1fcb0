import { describe, expect, test } from 'vitest'
import { allowEndpoint } from '../../../src/channels/webpush/allow-endpoint.ts'

describe('where a push may be sent', () => {
  test.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/QAbc',
    'https://db5p.notify.windows.com/w/?token=abc',
    'https://push.example.org:443/abc',
    'https://172.32.0.1/',
    'https://[2606:4700::1]/',
  ])('%s is fine', (address) => expect(allowEndpoint(new URL(address))).toBe(true))

  test.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'ftp://push.example.org/',
    'https://push.example.org:8443/abc',
    'https://user:secret@push.example.org/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://app.localhost/',
    'https://hub.local/',
    'https://metadata.google.internal/',
    'https://router.home.arpa/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.100.100.200/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[2002:7f00:1::]/',
    'https://[2001::1]/',
    'https://[2001:db8::1]/',
  ])('%s is refused', (address) => expect(allowEndpoint(new URL(address))).toBe(false))

  test('a demo may name its own push service, and nothing beside it', () => {
    const rules = { trustedHosts: ['127.0.0.1:8787'] }
    expect(allowEndpoint(new URL('http://127.0.0.1:8787/push/abc'), rules)).toBe(true)
    expect(allowEndpoint(new URL('http://127.0.0.1:8788/push/abc'), rules)).toBe(false)
    expect(allowEndpoint(new URL('http://user:x@127.0.0.1:8787/push/abc'), rules)).toBe(false)
  })
})
