import type { Manifest } from './alert.ts'

/** The alert's text in a language, or in the fallback language, or in the first that there is. */
export function textsFor(manifest: Manifest, language: string): { language: string; title: string; body: string } {
  const { texts } = manifest.template
  const chosen = [language, manifest.fallbackLanguage, ...Object.keys(texts)].find((candidate) => texts[candidate])
  const text = chosen === undefined ? undefined : texts[chosen]
  if (chosen === undefined || text === undefined) return { language, title: manifest.template.name, body: '' }
  return { language: chosen, ...text }
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
