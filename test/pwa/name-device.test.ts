import { describe, expect, test } from 'vitest'
import { nameDevice } from '../../pwa/push/name-device.ts'

describe('the name of a device', () => {
  test.each([
    ['Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36', 'Chrome on Android'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604',
      'Safari on iPhone',
    ],
    ['Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0', 'Edge on Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox on Linux'],
    ['something else', 'Browser'],
  ])('is one by which its owner knows it', (userAgent, name) => {
    expect(nameDevice(userAgent)).toBe(name)
  })
})
