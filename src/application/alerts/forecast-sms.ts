import type { SmsOfLanguage } from '../../contract/alerts.ts'
import type { AlertKind, Manifest } from '../../domain/alerts/alert.ts'
import { offeredResponses, textsFor } from '../../domain/alerts/localise.ts'
import { LONGEST_WORD } from '../../domain/messages/message.ts'
import { sizeSms } from '../../domain/messages/size-sms.ts'
import { type Deps, routeOf } from '../deps.ts'

/** More texts than this for one message are worth a word: each is paid, and slow networks lose some. */
const MANY = 4
const MOST_NAMED = 8

/** What the text message of an alert will be like, in each language in which it will leave. */
export function forecastSms(
  deps: Deps,
  manifest: Manifest,
  kind: AlertKind,
  languages: Iterable<string>,
): SmsOfLanguage[] {
  const texts = new Map(
    [...languages].map((language) => textsFor(manifest, language)).map((one) => [one.language, one]),
  )
  return [...texts.values()].map(({ language, title, body }) => {
    const { encoding, units, segments, cut, costly } = sizeSms({
      ...{
        attemptId: '',
        purpose: 'alert',
        language,
        organisation: manifest.organisation,
        kind,
        code: '0000',
        title,
        body,
      },
      responses: offeredResponses(manifest, language),
      link: `${deps.settings.publicUrl}/a/${deps.vault.linkToken('')}`,
      word: LONGEST_WORD,
      raisedAt: deps.clock(),
      endsAt: deps.clock(),
      answerAt: routeOf(deps, 'sms')[0]?.answerAt,
    })
    return { language, encoding, units, segments, cut, costly }
  })
}

/** What somebody should know before it goes out. */
export function warnOfSms({ language, encoding, segments, cut, costly }: SmsOfLanguage): string[] {
  const name = `The text message in "${language}"`
  const named = costly.slice(0, MOST_NAMED).join(' ')
  return [
    ...(cut ? [`${name} is too long: part of it is left out.`] : []),
    ...(encoding === 'UCS-2'
      ? [`${name} takes ${segments} parts, about twice as many as without these characters: ${named}`]
      : segments > MANY
        ? [`${name} takes ${segments} parts, and each is paid.`]
        : []),
  ]
}
