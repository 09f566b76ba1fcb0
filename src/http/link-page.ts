import type { LinkedAlert } from '../application/answers/answer-by-link.ts'
import type { AnswerOutcome } from '../application/answers/record-answer.ts'
import type { MyCard } from '../contract/cards.ts'
import { offeredResponses, textsForRecipient } from '../domain/alerts/localise.ts'
import { escapeHtml } from '../domain/escape-html.ts'
import { emergencyNumber } from '../domain/messages/emergency-number.ts'
import { formatUtcClock } from '../domain/messages/format-time.ts'
import { textsIn } from '../domain/messages/language-texts.ts'
import type { AuthenticWord } from '../domain/messages/message.ts'
import { describeEnd } from '../domain/messages/purpose-texts.ts'
import { writeWord } from '../domain/messages/write-word.ts'
import { writeCardSection } from './card-section.ts'

/** What has just become of the page's form. */
export type FormOutcome = AnswerOutcome | 'not_chosen' | 'not_kept'

/** What the page shows beside the alert. */
interface Beside {
  region: string
  cards: readonly MyCard[]
  word: AuthenticWord | null
}

/**
 * The page behind a recipient's link: what it is, and one button per answer. It needs no script and works in any
 * browser. Only the POST of its form answers.
 *
 * @param form `act` names this showing of the form, so that a double tap is one answer; `marks` is where cards are marked
 */
export function writeLinkPage(
  { alert, recipient, region, cards, word }: LinkedAlert & Beside,
  { act, marks }: { act: string; marks: string },
  outcome: FormOutcome | null,
): string {
  const { language, title, body } = textsForRecipient(alert, recipient)
  const texts = textsIn(language)
  const options = offeredResponses(alert.manifest, language)
  const chosen = options.find((option) => option.code === recipient.response)
  const ended = alert.state !== 'open'
  const shown = writeWord({ word, language })
  const buttons = options.map(
    (option) =>
      `<button name="answer" value="${escapeHtml(option.code)}"${option === chosen ? ' aria-pressed="true"' : ''}>${escapeHtml(option.label)}</button>`,
  )
  const mark = alert.kind === 'drill' ? `<p class="mark drill">${escapeHtml(texts.drillMark)}</p>` : ''
  const said = [
    ended ? texts.ended(formatUtcClock(alert.closedAt ?? alert.endsAt)) : '',
    ...describeEnd(alert, language),
    outcome === 'late' ? `${texts.kept} ${texts.inDanger(emergencyNumber(region))}` : '',
    outcome === 'not_chosen' && !ended ? texts.chooseAnswer : '',
    outcome === 'not_kept' ? `${texts.notKept} ${texts.inDanger(emergencyNumber(region))}` : '',
    !ended && chosen && outcome !== 'not_kept' ? texts.recorded(chosen.label) : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
  return wrapPage(
    language,
    title,
    `${mark}<p class="from">${escapeHtml(alert.manifest.organisation)} · ${escapeHtml(texts.raised(formatUtcClock(alert.raisedAt)))}${shown === null ? '' : ` · ${escapeHtml(shown)}`}</p>
<h1>${escapeHtml(title)}</h1><p class="body">${escapeHtml(body)}</p>
${said ? `<p role="status" class="said${outcome ? ' fresh' : ''}">${escapeHtml(said)}</p>` : ''}
${ended ? '' : `<form method="post"><input type="hidden" name="act" value="${escapeHtml(act)}">${buttons.join('')}</form>`}
${ended ? '' : writeCardSection(cards, marks, language)}`,
  )
}

/** For whoever follows a link that no recipient has: what else there is to do. */
export function writeUnknownLinkPage(language: string, organisation: string, region: string): string {
  const texts = textsIn(language)
  const said = `${texts.unknownLink} ${texts.inDanger(emergencyNumber(region))}`
  return wrapPage(
    language,
    organisation,
    `<p class="from">${escapeHtml(organisation)}</p><p role="status">${escapeHtml(said)}</p>`,
  )
}

/** A page of ours that people open by a link: no script, nothing from elsewhere. */
export function wrapPage(language: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/link-page.css"></head>
<body><main>${body}
</main></body></html>`
}

export const LINK_PAGE_CSS = `:root{color-scheme:light dark;--ink:#14181f;--paper:#fff;--soft:#5a6472;--line:#c9d0d9;--act:#0b57d0;--on:#fff;--drill:#0b57d0}
@media(prefers-color-scheme:dark){:root{--ink:#eef1f5;--paper:#12151a;--soft:#a3adba;--line:#3a424d;--act:#8ab4f8;--on:#0b1526;--drill:#8ab4f8}}
body{margin:0;font:18px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:34rem;margin:0 auto;padding:1.25rem}h1{font-size:1.6rem;line-height:1.2;margin:.25rem 0}.from{color:var(--soft);margin:0}
.body{white-space:pre-wrap}.mark{display:inline-block;margin:0 0 .75rem;padding:.15rem .75rem;border:3px solid var(--drill);color:var(--drill);font-weight:700;letter-spacing:.08em}
.said{padding:.75rem 1rem;border:2px solid var(--line);border-radius:.5rem;font-weight:600}form{display:grid;gap:.75rem;margin-top:1.25rem}
button{min-height:56px;font:inherit;font-weight:600;border:2px solid var(--act);border-radius:.75rem;background:var(--act);color:var(--on)}
button[aria-pressed=true]{outline:4px solid var(--line);outline-offset:2px}button:focus-visible,a:focus-visible{outline:4px solid var(--ink);outline-offset:2px}
button.second{background:transparent;color:var(--ink);border-color:var(--line)}
.card{margin-top:2rem;border-top:2px solid var(--line)}.card ul{list-style:none;margin:0;padding:0}.card li{padding:.75rem 0;border-bottom:1px solid var(--line)}
.card a{color:var(--act);display:inline-block;padding:.5rem 0}.card form{margin-top:.25rem}fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}legend{color:var(--soft);padding:0}
.card button{min-height:44px;padding:0 .75rem;background:transparent;color:var(--ink);border-color:var(--line)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dd{margin:0}.details label{display:grid;gap:.25rem;font-weight:600}.details .from{margin:-.5rem 0 0;font-size:.9rem}
.details input,.details select{font:inherit;font-weight:400;min-height:48px;padding:0 .75rem;border:2px solid var(--soft);border-radius:.5rem;background:var(--paper);color:var(--ink);min-width:0}
.details fieldset{display:grid;gap:.5rem}.point{display:flex;justify-content:space-between;align-items:center;gap:.75rem;border-bottom:1px solid var(--line);padding:.5rem 0}.point p{margin:0;overflow-wrap:anywhere}
.details .take{display:flex;flex:none;align-items:center;gap:.5rem;font-weight:400;min-height:44px}.details .take input{margin:0;min-height:24px;width:24px;height:24px}.details+.from{margin-top:1rem}
table{border-collapse:collapse}td,th{text-align:start;padding:.35rem .75rem;border-bottom:1px solid var(--line)}`
