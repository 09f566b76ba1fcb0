import type { ColumnRole } from './column-names.ts'
import { contactKey } from './contact-key.ts'
import { readEmailAddresses } from './email-address.ts'
import { cleanText } from './normalize-name.ts'
import type { ContactPointDraft } from './person.ts'
import { type PhoneNumber, readPhoneNumbers } from './phone-number.ts'
import { warnsOff } from './phone-words.ts'
import type { RowProblem } from './row-problem.ts'
import { readWebhookAddress } from './webhook-address.ts'

export interface ContactCells {
  contactPoints: ContactPointDraft[]
  problems: RowProblem[]
}

/** What a value is about: a number to call and text, or one of the two by name. A fax is known so that it is left out. */
export type ContactRole = Extract<
  ColumnRole,
  'mobile' | 'phone' | 'callOnly' | 'textOnly' | 'email' | 'webhook' | 'fax'
>

/** Text that may hold several contact points of one label. */
export interface ContactCell {
  role: ContactRole
  label: string
  text: string
}

type Add = (point: ContactPointDraft) => void

/** The contact points of a person in the order given, the SMS point of a number before its voice point. */
export function readContacts(cells: Iterable<ContactCell>, region: string): ContactCells {
  const contactPoints = new Map<string, ContactPointDraft>()
  const problems: RowProblem[] = []
  const add: Add = (point) => {
    const key = contactKey(point)
    if (!contactPoints.has(key)) contactPoints.set(key, point)
  }
  for (const { text, label: called, role: said } of cells) {
    if (text.trim() === '') continue
    const label = cleanLabel(called)
    const role = settleRole(said, label)
    if (role === 'email') readEmailCell(text, label, add, problems)
    else if (role === 'webhook') readWebhookCell(text, label, add, problems)
    else if (role !== 'fax') readPhoneCell(text, { label, role, region }, add, problems)
  }
  return { contactPoints: [...contactPoints.values()], problems }
}

function readEmailCell(cell: string, label: string, add: Add, problems: RowProblem[]) {
  const reading = readEmailAddresses(cell)
  if (!reading.ok) {
    problems.push({ field: 'email', code: reading.code, reason: reading.reason, severity: 'refused' })
    return
  }
  if (reading.addresses.length > 0 && warnsOff(label)) {
    const reason = `This address is called "${label}". Is it theirs? Then give it another label.`
    problems.push({ field: 'email', code: 'email.review', reason, severity: 'review' })
    return
  }
  for (const address of reading.addresses) add({ kind: 'email', address, label, marks: [] })
}

function readWebhookCell(cell: string, label: string, add: Add, problems: RowProblem[]) {
  // A URL may hold every other sign that parts values.
  for (const part of cell.split(/\s+(?::::\s+)?/).filter((one) => one !== '')) {
    const reading = readWebhookAddress(part)
    if (reading.ok) add({ kind: 'webhook', address: reading.address, label, marks: [] })
    else problems.push({ field: 'webhook', code: reading.code, reason: reading.reason, severity: 'refused' })
  }
}

type PhoneRole = Exclude<ContactRole, 'email' | 'webhook' | 'fax'>

function readPhoneCell(
  cell: string,
  of: { label: string; role: PhoneRole; region: string },
  add: Add,
  problems: RowProblem[],
) {
  const field = of.role === 'mobile' ? 'mobile' : 'phone'
  const reading = readPhoneNumbers(cell, of.region)
  if (!reading.ok) {
    const severity = reading.code === 'phone.review' ? 'review' : 'refused'
    problems.push({ field, code: reading.code, reason: reading.reason, severity })
    return
  }
  if (reading.faxes > 0) {
    const reason = 'A fax reaches nobody in an emergency: its number was left out.'
    problems.push({ field, code: 'phone.fax', reason, severity: 'warning' })
  }
  if (reading.numbers.length > 0 && warnsOff(of.label)) {
    const reason = `This number is called "${of.label}". Is it to be called? Then give it another label.`
    problems.push({ field, code: 'phone.review', reason, severity: 'review' })
    return
  }
  for (const number of reading.numbers) for (const point of toContactPoints(number, of.role, of.label)) add(point)
  const unlisted = reading.numbers.filter((number) => number.marks.includes('not_valid'))
  if (unlisted.length > 0) {
    const reason = `${unlisted.map((number) => number.e164).join(', ')}: not listed in the numbering plan; please verify.`
    problems.push({ field, code: 'phone.not_valid', reason, severity: 'warning' })
  }
}

/** A text never reaches somebody behind an extension or on a landline; a column called mobile is believed. */
export function toContactPoints(number: PhoneNumber, role: PhoneRole, label: string): ContactPointDraft[] {
  const { e164: address, extension, marks } = number
  if (extension !== undefined) return [{ kind: 'voice', address, extension, label, marks }]
  const voice: ContactPointDraft = { kind: 'voice', address, label, marks }
  if (role === 'callOnly' || (role === 'phone' && number.kind === 'landline')) return [voice]
  const text: ContactPointDraft = { kind: 'sms', address, label, marks: [...marks] }
  return role === 'textOnly' ? [text] : [text, voice]
}

/** A label that names a fax, or a mobile, says more than a column of phone numbers. */
export function settleRole(role: ContactRole, label: string): ContactRole {
  if (role !== 'phone') return role
  if (/fax|télécopie/i.test(label)) return 'fax'
  return /^(mobile|cell|handy|mobil|portable|móvil|celular)/i.test(label) ? 'mobile' : role
}

/** Address books mark their main entry with a star: `* Work`. What parts values parts no label. */
function cleanLabel(label: string): string {
  return cleanText(label)
    .replace(/^\*\s*/, '')
    .replace(/:{3,}/g, ':')
    .slice(0, 60)
    .trim()
}
