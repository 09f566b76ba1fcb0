import { describe, expect, test } from 'vitest'
import { LANGUAGES, textsIn } from '../../../src/domain/messages/language-texts.ts'
import {
  askAgain,
  askWhich,
  confirmAnswer,
  leaveVoicemail,
  openAlertCall,
  repeatAlert,
  type Script,
  sayEnd,
  sayEnded,
  sayNothingOpen,
} from '../../../src/domain/messages/write-voice.ts'
import { sampleMessage } from './sample-message.ts'

const spoken = (script: Script) => script.say.map(({ text }) => text).join(' ')

describe('a call that brings an alert', () => {
  test('says the drill first, then who calls, what it is, and every key, and takes a key all the while', () => {
    const script = openAlertCall(sampleMessage({ kind: 'drill' }), 'attempt.1')
    expect(spoken(script)).toBe(
      'This is a drill. This is Northwind with an alert for you. Evacuate building A. Leave by gate 2. ' +
        'Raised 14:05 UTC. Press 1: I am safe. Press 2: I need help. Press star to repeat.',
    )
    expect(script.gather).toEqual({ turn: 'answer', attemptId: 'attempt.1', repeat: 2 })
  })

  test('repeats everything but the greeting after the star key', () => {
    const script = repeatAlert(sampleMessage({ kind: 'drill' }), null)
    expect(spoken(script)).toMatch(/^This is a drill\. Evacuate building A\. .*Press 1/)
    expect(script.gather?.turn).toBe('answer')
  })

  test('asks again after a key that means nothing', () => {
    const script = askAgain(sampleMessage(), 'attempt.1')
    expect(spoken(script)).toMatch(/^That key is not one of the answers\. Press 1: I am safe\./)
    expect(script.gather).not.toBeNull()
  })

  test('confirms an answer and ends', () => {
    expect(confirmAnswer('I am safe', 'en')).toEqual({
      say: [{ text: 'Recorded: I am safe. Thank you.', language: 'en' }],
      gather: null,
    })
  })

  test.each(LANGUAGES)('tells a mailbox nothing that a stranger may not hear and asks for no key (%s)', (language) => {
    const script = leaveVoicemail({ ...sampleMessage(), language })
    expect(script.gather).toBeNull()
    expect(spoken(script)).toContain('Northwind')
    expect(spoken(script)).not.toMatch(/Evacuate|gate|4821|\d|star|https/)
  })

  test('asks a shared phone who is speaking, by digit', () => {
    const script = askWhich('person', ['Ana', 'Bo'], 'en')
    expect(spoken(script)).toBe(
      'Several people share this phone. Who is speaking? Press 1: Ana. Press 2: Bo. Press star to repeat.',
    )
    expect(script.gather?.turn).toBe('choose')
    const many = Array.from({ length: 12 }, (_, index) => `Person ${index}`)
    expect(spoken(askWhich('person', many, 'en'))).not.toContain('Person 9')
  })

  test('says that it is over, or that nothing is open, and ends', () => {
    expect(spoken(sayEnded(Date.UTC(2027, 2, 1, 10, 0), 'en', []))).toContain('ended at 10:00 UTC')
    expect(spoken(sayEnded(0, 'en', []))).not.toContain('kept')
    expect(spoken(sayNothingOpen('fr'))).toContain('Aucune alerte')
    const over = sayEnd(sampleMessage({ kind: 'drill' }), 'all_clear')
    expect(spoken(over)).toMatch(/^This is a drill\. .*Evacuate building A\. This alert has ended\./)
    expect([sayEnded(0, 'en', ['Kept.']), sayNothingOpen('en'), over].every(({ gather }) => gather === null)).toBe(true)
  })

  test('speaks a long body for a bounded time', () => {
    expect(spoken(openAlertCall(sampleMessage({ body: 'word '.repeat(400) }), null)).length).toBeLessThan(1_200)
  })
})

describe('the word of a genuine call', () => {
  const word = { number: 7, word: 'harbour' }

  test.each(LANGUAGES)('is announced in %s and said as the English word that it is', (language) => {
    const alert = sampleMessage({ language, word })
    for (const { say } of [openAlertCall(alert, 'a'), repeatAlert(alert, 'a'), sayEnd(alert, 'all_clear')]) {
      const at = say.findIndex(({ text }) => text === textsIn(language).wordSpoken(7))
      expect(say[at]?.language).toBe(language)
      expect(say[at + 1]).toEqual({ text: 'harbour.', language: 'en' })
    }
  })

  test('is not told to an answering machine', () => {
    expect(JSON.stringify(leaveVoicemail(sampleMessage({ word })))).not.toContain('harbour')
  })
})
