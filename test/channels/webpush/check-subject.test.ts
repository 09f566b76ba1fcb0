import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { checkSubject } from '../../../src/channels/webpush/check-subject.ts'

const reported: { subject: string; expected: string }[] = parse(
  readFileSync('test/fixtures/cases/case-31-vapid-subjects.csv'),
  { columns: true },
)

describe('who stands behind our pushes (reported failure 31)', () => {
  test('all nine values are here', () => expect(reported).toHaveLength(9))

  test.each(reported)('"$subject": $expected', ({ subject, expected }) => {
    const reason = checkSubject(subject)
    if (expected === 'ok') expect(reason).toBeNull()
    else expect(reason).toMatch(/\w/)
  })

  test.each([
    ['mailto:ops@example.org', null],
    ['', 'it is empty'],
    ['ops@example.org', 'it has no scheme; write mailto: before an address'],
    ['mailto:mailto:ops@example.org', 'it names its scheme twice'],
    ['mailto: ops@example.org', 'it holds a space'],
    ['mailto:', '"" is not a mail address'],
    ['mailto:ops', '"ops" is not a mail address'],
    ['mailto:a@b@example.org', '"a@b@example.org" is not a mail address'],
    ['ftp://example.org', 'it is neither mailto: nor https:'],
    ['https://', 'it is not an address'],
    ['https://127.0.0.1/', '"127.0.0.1" is not a public name'],
    ['https://hub/', '"hub" is not a public name'],
    ['https://[::1]/', '"[::1]" is not a public name'],
    ['https://alerts.localhost', '"alerts.localhost" is a local name, which Apple\'s push service refuses'],
  ])('"%s": %s', (subject, reason) => expect(checkSubject(subject)).toBe(reason))
})
