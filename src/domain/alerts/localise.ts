import type { Alert, AlertUpdate, Manifest } from './alert.ts'

export interface LocalText {
  language: string
  title: string
  body: string
}

/** The alert's text in a language, or in the fallback language, or in the first that there is. */
export function textsFor(manifest: Manifest, language: string): LocalText {
  const { texts } = manifest.template
  const chosen = chooseLanguage(texts, manifest, language)
  const text = chosen === undefined ? undefined : texts[chosen]
  if (chosen === undefined || text === undefined) return { language, title: manifest.template.name, body: '' }
  return { language: chosen, ...text }
}

/**
 * The text of one update in a language, with the same fallback: what is new in another language is of more use than
 * what has been overtaken. Number 0 is the alert's own text.
 */
export function textsOfUpdate({ manifest, updates }: Words, number: number, language: string): LocalText {
  const update = updates.find((one) => one.number === number)
  const chosen = update && chooseLanguage(update.texts, manifest, language)
  const text = chosen === undefined ? undefined : update?.texts[chosen]
  if (chosen === undefined || text === undefined) return textsFor(manifest, language)
  return { language: chosen, title: text.title ?? textsFor(manifest, chosen).title, body: text.body }
}

/** The text that somebody who has not answered has to know now. */
export function newestTexts(alert: Words, language: string): LocalText {
  const update = alert.updates.findLast(({ audience }) => audience !== 'acknowledged')
  return textsOfUpdate(alert, update?.number ?? 0, language)
}

/** The newest text that was meant for a recipient, by whether he or she had answered when it was sent. */
export function textsForRecipient(
  alert: Words,
  recipient: { language: string; acknowledgedAt: number | null },
): LocalText {
  const { language, acknowledgedAt } = recipient
  const wasSilent = ({ at }: AlertUpdate) => acknowledgedAt === null || acknowledgedAt > at
  const update = alert.updates.findLast(
    (one) => one.audience === 'all' || (one.audience === 'silent') === wasSilent(one),
  )
  return textsOfUpdate(alert, update?.number ?? 0, language)
}

type Words = Pick<Alert, 'manifest' | 'updates'>

function chooseLanguage(texts: Record<string, unknown>, manifest: Manifest, language: string): string | undefined {
  return [language, manifest.fallbackLanguage, ...Object.keys(texts)].find((candidate) => texts[candidate])
}

/** The response options with their labels in a language, or in the fallback, or by their code. */
export function offeredResponses(
  manifest: Manifest,
  language: string,
): { digit: string; code: string; label: string; accepts: boolean; needsHelp: boolean }[] {
  return manifest.template.responses.map(({ label, ...option }) => ({
    ...option,
    label: label[language] ?? label[manifest.fallbackLanguage] ?? Object.values(label)[0] ?? option.code,
  }))
}
