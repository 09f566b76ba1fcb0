import { phraseOf } from '../acknowledgements/answer-words.ts'
import { isCarrierCommand, readOptOut } from '../acknowledgements/opt-out-words.ts'
import { millisecondsOf } from '../duration.ts'
import { Problem } from '../errors.ts'
import type { TemplateContent } from './template.ts'

/** What would make a template fail when it is needed; null when nothing does. */
export function checkTemplate(template: TemplateContent): Problem | null {
  return checkDurations(template) ?? checkStrategy(template) ?? checkOptions(template)
}

/** A strategy that could not go on must not be found out in the emergency. */
function checkStrategy({ strategy, hold, cardTime, quorum, responses }: TemplateContent): Problem | null {
  for (const [field, value] of Object.entries({ hold, cardTime })) {
    if (value === undefined || lengthOf(value)) continue
    return invalid('template.duration', field, 'Say a time above zero, such as "PT5M".')
  }
  if (strategy === 'broadcast') return null
  if (!responses.some((option) => option.accepts)) {
    return invalid('template.no_accepting_answer', 'responses', `A ${strategy} needs an answer that accepts.`)
  }
  if (strategy !== 'quorum') return null
  const isEmpty = !quorum || (quorum.need === 0 && Object.keys(quorum.perDuty).length === 0)
  return isEmpty
    ? invalid('template.quorum_missing', 'quorum.need', 'Say how many people a quorum needs, in all or per duty.')
    : null
}

function checkDurations(template: TemplateContent): Problem | null {
  let before = -1
  for (const [index, step] of template.plan.entries()) {
    const after = lengthOf(step.after)
    const field = `plan.${index}.after`
    if (after === null) return invalid('template.duration', field, 'Say it in weeks to seconds, such as "PT3M".')
    if (after < before) return invalid('template.plan_order', field, 'A step may not start before the one above it.')
    before = after
  }
  return lengthOf(template.lifetime) ? null : invalid('template.duration', 'lifetime', 'Say it such as "PT12H".')
}

function checkOptions(template: TemplateContent): Problem | null {
  for (const name of ['digit', 'code'] as const) {
    const values = template.responses.map((option) => option[name])
    const index = values.findIndex((value, at) => values.indexOf(value) !== at)
    if (index >= 0) return invalid('template.response_twice', `responses.${index}.${name}`, 'Two answers share this.')
  }
  for (const [index, option] of template.responses.entries()) {
    // Nobody is shown a code, so that only what opts out wherever it stands is in its way.
    if (readOptOut(option.code)) {
      const message = `Carriers read "${option.code}" as a command. Choose another code.`
      return invalid('template.reserved_word', `responses.${index}.code`, message)
    }
    for (const [language, label] of Object.entries(option.label)) {
      if (!isCarrierCommand(label)) continue
      const message = `Carriers read "${label}" as a command. Choose another word.`
      return invalid('template.reserved_word', `responses.${index}.label.${language}`, message)
    }
  }
  return checkNames(template)
}

/** No reply may name two answers: labels and codes are compared as replies are read. */
function checkNames({ responses }: TemplateContent): Problem | null {
  for (const [index, { label }] of responses.entries()) {
    const names = responses.flatMap((other, at) => {
      if (at === index) return []
      return [other.digit, phraseOf(other.code), ...(at < index ? Object.values(other.label).map(phraseOf) : [])]
    })
    for (const [language, text] of Object.entries(label)) {
      const phrase = phraseOf(text)
      if (phrase === '' || !names.includes(phrase)) continue
      const message = `A reply "${text}" would name two answers. Choose other words.`
      return invalid('template.response_twice', `responses.${index}.label.${language}`, message)
    }
  }
  return null
}

function lengthOf(duration: string): number | null {
  try {
    return millisecondsOf(duration)
  } catch {
    return null
  }
}

function invalid(code: string, field: string, message: string): Problem {
  return new Problem('invalid', code, message, { field })
}
