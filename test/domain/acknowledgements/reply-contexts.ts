import type { ReadableOption } from '../../../src/domain/acknowledgements/answer-words.ts'
import type { ReplyContext } from '../../../src/domain/acknowledgements/read-reply.ts'

const YES_NO: ReadableOption[] = [
  { digit: '1', code: 'yes', accepts: true, needsHelp: false, labels: { en: 'Yes', fr: 'Oui' } },
  { digit: '2', code: 'no', accepts: false, needsHelp: true, labels: { en: 'No', fr: 'Non' } },
]
export const SAFE_HELP: ReadableOption[] = [
  {
    digit: '1',
    code: 'safe',
    accepts: true,
    needsHelp: false,
    labels: { en: 'I am safe', de: 'Ich bin sicher', pl: 'Jestem bezpieczny' },
  },
  {
    digit: '2',
    code: 'need_help',
    accepts: false,
    needsHelp: true,
    labels: { en: 'I need help', de: 'Ich brauche Hilfe' },
  },
  { digit: '3', code: 'away', accepts: false, needsHelp: false, labels: { en: 'Away' } },
]
export const alert = (code: string, responses = YES_NO) => ({ alertId: `alert-${code}`, code, responses })
export const ONE: ReplyContext = { openAlerts: [alert('4821')], recentCodes: [] }
export const TWO: ReplyContext = { openAlerts: [alert('4821'), alert('5932')], recentCodes: [] }
export const SAFETY: ReplyContext = { openAlerts: [alert('4821', SAFE_HELP)], recentCodes: [] }
