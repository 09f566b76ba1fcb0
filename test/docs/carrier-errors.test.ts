import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SMTP_ERRORS } from '../../src/channels/smtp/status-codes.ts'
import { TWILIO_ERRORS } from '../../src/channels/twilio/error-codes.ts'
import { writeCarrierErrors } from './carrier-errors.ts'

describe('the runbook of error codes', () => {
  it('says what the service does with each, no more and no less', () => {
    const printed = readFileSync(join(import.meta.dirname, '../../runbooks/carrier-errors.md'), 'utf8')
    expect(printed, 'write it anew: node test/docs/write-carrier-errors.ts').toBe(writeCarrierErrors())
  })

  it.each([
    ['twilio', TWILIO_ERRORS],
    ['smtp', SMTP_ERRORS],
  ])('knows one meaning of each code (%s)', (_kind, entries) => {
    const codes = entries.map(({ code }) => code)
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  })
})
