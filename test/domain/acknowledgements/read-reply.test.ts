import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { ReadableOption } from '../../../src/domain/acknowledgements/answer-words.ts'
import { type ReplyContext, readReply } from '../../../src/domain/acknowledgements/read-reply.ts'
import { alert, ONE, SAFE_HELP, SAFETY, TWO } from './reply-contexts.ts'

const verdict = (text: string, context = ONE): string => {
  const reading = readReply(text, context)
  if (reading.kind === 'answer' || reading.kind === 'late') return `${reading.kind} ${reading.response}`
  return reading.kind === 'unclear' ? `unclear ${reading.reason}` : reading.kind
}

interface ReportedReply {
  body: string
  utf8_hex: string
  expected: string
}
const replies: ReportedReply[] = parse(readFileSync('test/fixtures/cases/case-21-replies.csv'), { columns: true })
const stops: ReportedReply[] = parse(readFileSync('test/fixtures/cases/case-15-stop.csv'), {
  columns: true,
  trim: false,
})

describe('replies that volunteers really sent (reported failure 21)', () => {
  test('are all here', () => expect(replies).toHaveLength(21))

  test.each(replies)('$body ($utf8_hex) means $expected', ({ utf8_hex, expected }) => {
    const text = Buffer.from(utf8_hex, 'hex').toString('utf8')
    const reading = readReply(text, ONE)
    if (text === 'yes') {
      expect(verdict(text)).toBe('answer yes')
      expect(verdict(text, TWO)).toBe('unclear several_open')
    } else if (expected.startsWith('NEEDS_HUMAN')) {
      expect(reading).toMatchObject({ kind: 'unclear', text })
    } else {
      const response = expected.startsWith('DECLINE') ? 'no' : 'yes'
      const whole = expected.includes('full text') ? text : null
      expect(reading).toEqual({ kind: 'answer', alertId: 'alert-4821', response, certain: true, note: whole })
    }
  })

  test.each(['yes 482I', 'YSE 4821', 'yes 4812', '4821I yes', 'yes 48211', '14821'])('%s never answers', (text) => {
    expect(verdict(text)).toMatch(/^unclear/)
  })
})

describe('words with which carriers let people opt out (reported failure 15)', () => {
  test.each(stops)('$body means $expected', ({ body, expected }) => {
    const reading = readReply(body, ONE)
    if (expected === 'OPT_OUT') expect(reading).toEqual({ kind: 'opt_out' })
    else if (expected === 'OPT_IN') expect(reading).toEqual({ kind: 'opt_in' })
    else if (expected === 'ACK_AND_FLAG') expect(reading).toMatchObject({ kind: 'answer', response: 'yes', note: body })
    else expect(reading).toMatchObject({ kind: 'unclear', text: body })
  })
})

describe('a reply that comes too late (reported failure 22)', () => {
  const context: ReplyContext = { openAlerts: [alert('5932')], recentCodes: [alert('4821')] }

  test('is for the alert whose code it carries and leaves the open one alone', () => {
    expect(readReply('YES 4821', context)).toEqual({
      kind: 'late',
      alertId: 'alert-4821',
      response: 'yes',
      note: null,
    })
  })

  test('is kept whole when it says more, also where the options are no longer known', () => {
    const bare = { ...context, recentCodes: [{ alertId: 'alert-4821', code: '4821' }] }
    expect(readReply('4821 stuck on floor 3', bare)).toEqual({
      kind: 'late',
      alertId: 'alert-4821',
      response: null,
      note: '4821 stuck on floor 3',
    })
  })

  test('without a code is for the only alert that ended lately, when none is open', () => {
    const ended = { openAlerts: [], recentCodes: [alert('4821', SAFE_HELP)] }
    expect(verdict('I am safe', ended)).toBe('late safe')
    expect(readReply('stuck on floor 3', ended)).toMatchObject({
      kind: 'late',
      response: null,
      note: 'stuck on floor 3',
    })
    expect(readReply('safe?', ended)).toMatchObject({ kind: 'late', response: null })
    const two = { openAlerts: [], recentCodes: [alert('4821', SAFE_HELP), alert('5932')] }
    expect(verdict('I am safe', two)).toBe('unclear no_code')
  })

  test('that also names the open alert is left to a human', () => {
    expect(verdict('yes 5932 no 4821', context)).toBe('unclear contradiction')
  })
})

describe('the grammar of replies', () => {
  test.each([
    ['1', 'answer safe'],
    ['I am safe', 'answer safe'],
    ['I’m safe 4821', 'answer safe'],
    ['yes im safe', 'answer safe'],
    ['I’m not safe 4821', 'unclear negation'],
    ['ICH BIN SICHER 4821!', 'answer safe'],
    ['4821 Ich brauche Hilfe', 'answer need_help'],
    ['need_help 4821', 'answer need_help'],
    ['2 I need help 4821', 'answer need_help'],
    ['jestem bezpieczny', 'answer safe'],
    ['ja 4821', 'unclear no_answer_word'],
    ['ja, ich bin sicher 4821', 'answer safe'],
    ['yes I need help 4821', 'answer need_help'],
    ['no, I am safe 4821', 'unclear no_answer_word'],
    ['safe? 4821', 'unclear question'],
    ['safe 4821?', 'unclear question'],
    ['safe 4821 ???', 'unclear question'],
    ['safe؟ 4821', 'unclear question'],
    ['¿safe 4821', 'unclear question'],
    ['safe 4821 right?', 'unclear question'],
    ['safe 4821, which gate?', 'answer safe'],
    ['4821-2', 'answer need_help'],
    ['1️⃣ 4821', 'answer safe'],
    ['١ ٤٨٢١', 'answer safe'],
    ['२ ४८२१', 'answer need_help'],
    ['𝟏 𝟒𝟖𝟐𝟏', 'answer safe'],
    ['1 4821 1', 'answer safe'],
    ['no 4821', 'unclear no_answer_word'],
    ['1 4821 2', 'unclear contradiction'],
    ['1 2', 'unclear contradiction'],
    ['safe 4821, I need help', 'unclear contradiction'],
    ['yes 4821, I need help', 'unclear no_answer_word'],
    ['safe 4821, 2 people with me', 'answer safe'],
    ['safe 4821 not', 'unclear negation'],
    ['not safe 4821', 'unclear negation'],
    ['safe not 4821', 'unclear negation'],
    ['4821', 'unclear no_answer_word'],
    ['4821 trapped on floor 3', 'unclear no_answer_word'],
    ['1 person is hurt', 'unclear no_code'],
    ['safe?', 'unclear no_code'],
    ['I am safe 😭', 'unclear no_code'],
    ['safe 9999', 'unclear unknown_code'],
    ['Stuck on floor 3', 'unclear no_answer_word'],
    ['\u200b \u00a0', 'unclear empty'],
  ])('%s is read as: %s', (text, expected) => {
    expect(verdict(text, SAFETY)).toBe(expected)
  })

  test('without an open alert nothing is an answer', () => {
    expect(verdict('yes', { openAlerts: [], recentCodes: [] })).toBe('unclear no_code')
  })

  test('yes and no answer where they can mean one option, and nobody may need help', () => {
    const come = [
      { digit: '1', code: 'come', accepts: true, needsHelp: false, labels: { en: 'I am coming' } },
      { digit: '2', code: 'away', accepts: false, needsHelp: false, labels: { en: 'I am away' } },
    ]
    const read = (options: ReadableOption[], ...texts: string[]) =>
      texts.map((text) => verdict(text, { openAlerts: [alert('4821', options)], recentCodes: [] }))
    expect(read(come, 'yes 4821', 'nein 4821')).toEqual(['answer come', 'answer away'])
    const safety = SAFE_HELP.slice(0, 2)
    expect(read(safety, 'yes 4821', 'nein 4821', 'yes')).toEqual(Array(3).fill('unclear no_answer_word'))
  })

  test.each([
    ['Yes', 'answer help'],
    ['Ja', 'answer help'],
    ['oui', 'answer help'],
    ['ok', 'answer help'],
    ['No', 'answer fine'],
    ['nein', 'answer fine'],
    ['1', 'answer fine'],
  ])('where "Yes" begins "Yes, I need help", %s is read as: %s', (word, expected) => {
    const turned = [
      { digit: '1', code: 'fine', accepts: true, needsHelp: false, labels: { en: 'No, I am fine' } },
      { digit: '2', code: 'help', accepts: false, needsHelp: true, labels: { en: 'Yes, I need help' } },
    ]
    expect(verdict(`${word} 4821`, { openAlerts: [alert('4821', turned)], recentCodes: [] })).toBe(expected)
  })

  test('where two labels begin with yes, only a whole label answers', () => {
    const two = [
      { digit: '1', code: 'come', accepts: true, needsHelp: false, labels: { en: 'Yes' } },
      { digit: '2', code: 'later', accepts: true, needsHelp: false, labels: { en: 'Yes, but later' } },
      { digit: '3', code: 'no', accepts: false, needsHelp: false, labels: { en: 'No' } },
    ]
    const context = { openAlerts: [alert('4821', two)], recentCodes: [] }
    const read = (text: string) => verdict(text, context)
    expect(['yes 4821', 'yes but later 4821', 'oui 4821', 'non 4821'].map(read)).toEqual([
      'answer come',
      'answer later',
      'unclear contradiction',
      'answer no',
    ])
  })

  test('a digit is the option with that digit, whatever the labels of a frozen alert say', () => {
    const numbered = ['0', '1', '2'].map((label, index) => ({
      ...{ digit: String(index + 1), code: `team_${'abc'[index]}`, accepts: true, needsHelp: false },
      labels: { en: label },
    }))
    const context = { openAlerts: [alert('4821', numbered)], recentCodes: [] }
    expect(['1 4821', '2 4821', '3 4821'].map((text) => verdict(text, context))).toEqual([
      'answer team_a',
      'answer team_b',
      'answer team_c',
    ])
  })

  test('a label wins over the common meaning of a word', () => {
    const odd = [
      { digit: '1', code: 'here', accepts: true, needsHelp: false, labels: { en: 'Here' } },
      { digit: '2', code: 'fine', accepts: false, needsHelp: false, labels: { en: 'OK' } },
    ]
    expect(verdict('ok 4821', { openAlerts: [alert('4821', odd)], recentCodes: [] })).toBe('answer fine')
  })

  test('a word that two options share names neither', () => {
    const odd = [
      { digit: '1', code: 'in', accepts: true, needsHelp: false, labels: { en: 'Here', nl: 'Weg' } },
      { digit: '2', code: 'out', accepts: false, needsHelp: false, labels: { en: 'Gone', de: 'Weg' } },
    ]
    expect(verdict('weg 4821', { openAlerts: [alert('4821', odd)], recentCodes: [] })).toBe('unclear contradiction')
  })
})
