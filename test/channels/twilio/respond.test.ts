import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallbackReply, VoiceScript } from '../../../src/application/ports/carrier.ts'
import { elementsOf, type MarkupElement, parseMarkup } from '../../../src/simulator/markup.ts'
import { carrierAnswering, taken } from './carrier-rig.ts'

const { carrier } = carrierAnswering(taken)
const textOf = ({ children }: MarkupElement) => children.filter((child) => typeof child === 'string').join('')
const EVENT = { kind: 'status', attemptId: null, providerId: 'SM1', state: 'sent' } as const
const respond = (reply: CallbackReply) => carrier.respond?.(reply, EVENT) ?? { body: '', contentType: '' }
const say = (text: string, language = 'en') => [{ text, language }]
const asking = (text: string, change: Partial<NonNullable<VoiceScript['gather']>> = {}): CallbackReply => ({
  script: { say: say(text), gather: { turn: 'answer', attemptId: '0197.1', repeat: 2, ...change } },
})

describe('what is spoken', () => {
  test('is repeated inside one gather, so that a key counts at any moment, and then the call ends', () => {
    const { body, contentType } = respond(asking('Press 1.'))
    expect(contentType).toBe('text/xml; charset=utf-8')
    const [gather, hangup] = elementsOf(parseMarkup(body))
    expect(hangup?.name).toBe('Hangup')
    expect(gather?.name).toBe('Gather')
    expect(gather?.attributes).toEqual({
      input: 'dtmf',
      numDigits: '1',
      finishOnKey: '',
      timeout: '8',
      method: 'POST',
      action: 'https://alerts.example.org/callbacks/first/voice?turn=answer&attempt=0197.1#rc=5&rp=ct,rt,5xx',
    })
    expect(gather && elementsOf(gather).map(({ name }) => name)).toEqual(['Say', 'Pause', 'Say', 'Pause', 'Say'])
  })

  test('has a voice that speaks the language', () => {
    const [en, de, nl, other] = ['en', 'de-AT', 'nl', 'xx'].map((language) => {
      const { body } = respond({ script: { say: say('…', language), gather: null } })
      return elementsOf(parseMarkup(body))[0]?.attributes
    })
    expect([en, de, nl, other].map((attributes) => attributes?.language)).toEqual(['en-GB', 'de-DE', 'nl-NL', 'en-GB'])
    expect(de?.voice).toBe('Polly.Vicki')
  })

  test('without a question ends after speaking', () => {
    const { body } = respond({ script: { say: say('Goodbye.'), gather: null } })
    expect(elementsOf(parseMarkup(body)).map(({ name }) => name)).toEqual(['Say', 'Hangup'])
    const silent = respond({ script: { say: [], gather: null } })
    expect(elementsOf(parseMarkup(silent.body)).map(({ name }) => name)).toEqual(['Hangup'])
  })

  test('is well-formed whatever was written, each ampersand once (reported failure 28)', () => {
    const reported: { message: string } = JSON.parse(
      readFileSync('test/fixtures/cases/case-28-twiml-text.json', 'utf8'),
    )
    for (const message of [reported.message, `${reported.message} ${'🔥'.slice(0, 1)}`]) {
      const { body } = respond(asking(message, { turn: 'a&b' }))
      const root = parseMarkup(body)
      expect(body).not.toContain('&amp;amp;')
      expect(body.match(/<Say[^>]*>[^<]*/)?.[0].match(/&amp;/g)).toHaveLength(3)
      const [gather] = elementsOf(root)
      const [spoken] = gather ? elementsOf(gather) : []
      expect(spoken && textOf(spoken).trim()).toBe('Fire & flood at B&Q <Hall 3> — O’Neil\'s "gate" ]]> & use exit 2')
      expect(gather?.attributes.action).toBe(
        'https://alerts.example.org/callbacks/first/voice?turn=a%26b&attempt=0197.1#rc=5&rp=ct,rt,5xx',
      )
    }
  })

  test('is well-formed for any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 9 }), (text, cut) => {
        const half = text.slice(cut)
        for (const reply of [asking(half, { turn: half.toWellFormed() }), { text: half }]) {
          const { body } = respond(reply)
          expect(parseMarkup(body).name).toBe('Response')
          expect(body.match(/action="([^"]*)"/)?.[1] ?? '').not.toMatch(/['+ ]/)
        }
      }),
    )
  })
})

describe('the answer to a text', () => {
  test('is one message, or none', () => {
    const { body } = respond({ text: 'Recorded: <safe> & sound' })
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Recorded: &lt;safe&gt; &amp; sound</Message></Response>',
    )
    for (const nothing of [{ text: null }, { text: '\u0000' }, null]) {
      expect(respond(nothing).body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
    }
  })

  test('never exceeds what the provider takes', () => {
    const [message] = elementsOf(parseMarkup(respond({ text: 'word '.repeat(600) }).body))
    expect(message && textOf(message).length).toBeLessThanOrEqual(1600)
  })
})
