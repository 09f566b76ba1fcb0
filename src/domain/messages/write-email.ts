import { escapeHtml } from '../escape-html.ts'
import { cleanLine } from './clean-text.ts'
import { formatUtc } from './format-time.ts'
import { textsIn } from './language-texts.ts'
import type { MessageParts } from './message.ts'
import { leadsOn, offersAnswers } from './purpose.ts'
import { bodyOf, leadOf, markOf } from './purpose-texts.ts'
import { writeHeading } from './write-heading.ts'
import { writeWord } from './write-word.ts'

/** What a mail is made from: one subject, and the same content in two forms. */
export interface EmailText {
  /** One line without controls, drill marking first, the code last. */
  subject: string
  text: string
  html: string
}

const TITLE_UNITS = 160
const ACTION =
  'display:inline-block;margin:0 8px 8px 0;padding:14px 22px;border-radius:8px;background:#0b57d0;color:#ffffff;font-weight:600;text-decoration:none'

/**
 * The mail of an alert, an update or the end, in plain text and in HTML: drill marking and organisation first, then title, body,
 * how to answer by reply and by the page, and when it was raised. Every answer links to the page, which asks again: a
 * link that a mail scanner follows answers nothing. The HTML loads nothing from anywhere.
 */
export function writeEmail(message: MessageParts): EmailText {
  const texts = textsIn(message.language)
  const heading = writeHeading(message, TITLE_UNITS, '…')
  const body = bodyOf(message)
  const offered = offersAnswers(message.purpose) ? message.responses : []
  const options = offered.map(({ digit, label }) => ({ digit, label: cleanLine(label) }))
  const answers = options.map(({ digit, label }) => `${digit} = ${label}`).join(', ')
  const reply = options.length === 0 ? null : texts.reply(answers, `${options[0]?.digit ?? ''} ${message.code}`)
  const raised = `${texts.raised(formatUtc(message.raisedAt))} (${message.code})`
  const word = writeWord(message)
  const link = reply === null && !leadsOn(message.purpose) ? null : message.link
  return {
    subject: `${heading} (${message.code})`,
    text: `${[heading, body, reply, link, raised, word].filter((part) => part !== null && part !== '').join('\n\n')}\n`,
    html: writeHtml(message, { body, options, reply, about: word === null ? raised : `${raised}\n${word}` }),
  }
}

function writeHtml(
  message: MessageParts,
  parts: { body: string; options: { label: string }[]; reply: string | null; about: string },
): string {
  const paragraph = (text: string) => `<p>${escapeHtml(text).replace(/\n/g, '<br>')}</p>`
  const lead = leadOf(message)
  const marked = lead === '' ? '' : `<p><strong>${escapeHtml(lead)}</strong></p>`
  const words = markOf(message.purpose, message.language)
  const mark = words === null ? '' : `<p><strong>${escapeHtml(words)}</strong></p>`
  const actions = parts.options.map(
    ({ label }) => `<a href="${escapeHtml(message.link)}" style="${ACTION}">${escapeHtml(label)}</a>`,
  )
  return [
    `<!doctype html><html lang="${escapeHtml(message.language)}"><head><meta charset="utf-8">`,
    `<title>${escapeHtml(writeHeading(message, TITLE_UNITS, '…'))}</title></head>`,
    '<body style="font:16px/1.5 sans-serif;color:#14181f;background:#ffffff">',
    marked,
    `<p>${escapeHtml(cleanLine(message.organisation))}</p>${mark}<h1>${escapeHtml(cleanLine(message.title))}</h1>`,
    parts.body === '' ? '' : paragraph(parts.body),
    actions.length === 0 ? '' : `<p>${actions.join(' ')}</p>`,
    parts.reply === null ? '' : paragraph(parts.reply),
    `<p style="color:#5a6472">${escapeHtml(parts.about).replace(/\n/g, '<br>')}</p></body></html>`,
  ]
    .filter((part) => part !== '')
    .join('\n')
}
