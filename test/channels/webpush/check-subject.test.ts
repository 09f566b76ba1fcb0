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
    ['mailto://ops@example.org', 'mailto: is followed by the address at once, without slashes'],
    ['mailto:ops@example.', '"example." is not a public name'],
    ['mailto:ops@.org', '".org" is not a public name'],
    ['mailto:ops@example..org', '"example..org" is not a public name'],
    ['mailto:ops@-x.org', '"-x.org" is not a public name'],
    ['mailto:ops@x-.org', '"x-.org" is not a public name'],
    ['mailto:o..ps@example.org', '"o..ps@example.org" is not a mail address'],
    ['mailto:ops%20@example.org', '"ops%20@example.org" is not a mail address'],
    ['mailto:ops@example.org%20', '"ops@example.org%20" is not a mail address'],
    ['mailto:ops@exa\u200bmple.org', 'it holds a sign beyond ASCII; write a domain in its xn-- form'],
    ['mailto:ops@example.org?subject=push', 'it holds more than an address'],
    ['mailto:ops@example.org,two@example.org', '"ops@example.org,two@example.org" is not a mail address'],
    ['mailto:ops@router.home.arpa', '"router.home.arpa" is a local name, which Apple\'s push service refuses'],
    ['mailto:ops@192.0.2.1', '"192.0.2.1" is not a public name'],
    ['https://user:pw@example.org', 'it holds a name or password'],
    ['https://example..org', '"example..org" is not a public name'],
    ['https://-x.org', '"-x.org" is not a public name'],
    ['https://example.org./', '"example.org." is not a public name'],
    ['https://alerts.example.org/contact?by=mail', null],
    ['mailto:ops+push@xn--bcher-kva.example.org', null],
    ['https://alerts.localhost', '"alerts.localhost" is a local name, which Apple\'s push service refuses'],
  ])('"%s": %s', (subject, reason) => expect(checkSubject(subject)).toBe(reason))
})
