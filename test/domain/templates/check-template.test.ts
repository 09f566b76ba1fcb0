import { describe, expect, it } from 'vitest'
import { checkTemplate } from '../../../src/domain/templates/check-template.ts'
import { TEMPLATE } from '../../harness/rig.ts'

const [yes, no] = TEMPLATE.responses
if (!yes || !no) throw new Error('the sample template has two answers')

describe('a template', () => {
  it('is taken when nothing about it would fail', () => {
    expect(checkTemplate(TEMPLATE)).toBeNull()
  })

  it.each(['Stop', ' END ', 'unsubscribe', 'Start', 'HELP', 'HELP!', '"Info."', 'Ｓｔｏｐ', 'Hélp'])(
    'may not offer "%s" as an answer, since carriers read it as a command',
    (word) => {
      const problem = checkTemplate({ ...TEMPLATE, responses: [{ ...yes, label: { en: word } }, no] })
      expect(problem).toMatchObject({ code: 'template.reserved_word', field: 'responses.0.label.en' })
    },
  )

  it('may not use a code that opts out whoever types it', () => {
    const problem = checkTemplate({ ...TEMPLATE, responses: [yes, { ...no, code: 'cancel' }] })
    expect(problem).toMatchObject({ code: 'template.reserved_word', field: 'responses.1.code' })
  })

  it.each([
    ['the digit of another', '1'],
    ['the label of another, written otherwise', 'Yes!'],
    ['the code of another', 'on site'],
  ])('may not offer an answer whose label is %s', (_what, label) => {
    const first = { ...yes, code: 'on_site', label: { en: 'Yes' } }
    const problem = checkTemplate({ ...TEMPLATE, responses: [first, { ...no, label: { en: 'No', fr: label } }] })
    expect(problem).toMatchObject({ code: 'template.response_twice', field: 'responses.1.label.fr' })
  })

  it('may label its answers with their own digits and codes', () => {
    const responses = [
      { ...yes, label: { en: '1' } },
      { ...no, label: { en: 'No', fr: 'NO.' } },
    ]
    expect(checkTemplate({ ...TEMPLATE, responses })).toBeNull()
  })

  it('may not give two answers the same digit, or start a step before the one above it', () => {
    const twice = checkTemplate({ ...TEMPLATE, responses: [yes, { ...no, digit: yes.digit }] })
    expect(twice).toMatchObject({ code: 'template.response_twice', field: 'responses.1.digit' })
    const plan = [
      { after: 'PT3M', channels: ['sms' as const] },
      { after: 'PT1M', channels: ['voice' as const] },
    ]
    expect(checkTemplate({ ...TEMPLATE, plan })).toMatchObject({ code: 'template.plan_order', field: 'plan.1.after' })
  })

  it('may not last or wait for months, whose length nobody knows', () => {
    expect(checkTemplate({ ...TEMPLATE, lifetime: 'P1M' })).toMatchObject({
      code: 'template.duration',
      field: 'lifetime',
    })
  })
})
