import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMessage } from '../../pwa/push/read-message.ts'

const origin = 'https://alarm.example.org'

describe('a push on a phone', () => {
  test('shows its text and offers its answers', () => {
    const message = readMessage(
      {
        ...{ id: 'a', title: 'DRILL: leave', body: 'Use the stairs', url: '/my/a', tag: 'alert-a' },
        ...{ actions: [{ action: 'safe', title: 'I am safe' }], answerUrl: '/a/token', shownUrl: '/a/token/shown' },
      },
      origin,
    )
    expect(message).toEqual({
      ...{ title: 'DRILL: leave', body: 'Use the stairs', tag: 'alert-a', url: '/my/a', ended: false },
      ...{ answerUrl: '/a/token', shownUrl: '/a/token/shown', actions: [{ action: 'safe', title: 'I am safe' }] },
    })
  })

  test('shows that there is an alert whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        const message = readMessage(payload, origin)
        expect(message.title).not.toBe('')
        expect(message.tag).not.toBe('')
        expect(message.url.startsWith('/')).toBe(true)
      }),
    )
    expect(readMessage(null, origin).body).toBe('You have an alert. Open to read it.')
  })

  test('never leads to another host', () => {
    const message = readMessage({ url: 'https://elsewhere.example.net/my/a', answerUrl: 'javascript:alert(1)' }, origin)
    expect(message.url).toBe('/my/a')
    expect(message.answerUrl).toBeNull()
  })

  test('that ends an alert replaces the earlier one and brings no answers', () => {
    const message = readMessage({ kind: 'ended', id: 'a', title: 'All clear', body: 'Over', tag: 'alert-a' }, origin)
    expect(message).toMatchObject({ tag: 'alert-a', ended: true, actions: [], answerUrl: null })
  })
})
