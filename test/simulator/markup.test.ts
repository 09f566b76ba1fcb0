import fc from 'fast-check'
import twilio from 'twilio'
import { expect, test } from 'vitest'
import { elementsOf, MarkupError, parseMarkup, spokenTextOf } from '../../src/simulator/markup.ts'

test.each([
  '<Response><Say>Fire & smoke</Say></Response>',
  '<Response><Say>Fire</Response>',
  '<Response>',
  '<Response></Response><Response/>',
  '<Response><Say voice=alice>Fire</Say></Response>',
  '<Response a="1" a="2"/>',
  '<Response>&nbsp;</Response>',
  'Fire',
  '',
  '<Response>\u0008</Response>',
  '<Response>&#0;</Response>',
  '<Response>\ud83d</Response>',
  '<Response>]]></Response>',
  '<Response><Say></say></Response>',
])('markup that is not well-formed is refused: %s', (source) => {
  expect(() => parseMarkup(source)).toThrow(MarkupError)
})

test('comments, declarations, sections and character references are understood', () => {
  const root = parseMarkup(
    '\uFEFF<?xml version="1.0"?><!-- alert --><Response><Say lang=\'en\'>Hall &lt;3&gt; &#x2013; <![CDATA[a & b]]></Say></Response>',
  )
  expect(elementsOf(root).map(spokenTextOf)).toEqual(['Hall <3> – a & b'])
})

test("whatever the provider's own builder writes is read back word for word", () => {
  const printable = fc
    .string({ unit: 'binary' })
    .filter((text) => !/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text))
  fc.assert(
    fc.property(printable, (text) => {
      const built = new twilio.twiml.VoiceResponse()
      built.gather({ action: `https://app.example.org/?q=${encodeURIComponent(text)}` }).say(text)
      const [gather] = elementsOf(parseMarkup(built.toString()))
      const [say] = gather ? elementsOf(gather) : []
      expect(say ? spokenTextOf(say) : null).toBe(text.replace(/\s+/g, ' ').trim())
    }),
  )
})

test('no text at all makes the reader fail in another way than by saying so', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[<>/a-b ="'&;#x![\]CDAT-]*$/), (source) => {
      try {
        parseMarkup(source)
      } catch (error) {
        expect(error).toBeInstanceOf(MarkupError)
      }
    }),
  )
})
