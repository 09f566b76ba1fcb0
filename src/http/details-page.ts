import type { ContactPoint, Person } from '../application/ports/people-store.ts'
import { escapeHtml } from '../domain/escape-html.ts'
import { detailsTextsIn } from '../domain/messages/details-texts.ts'
import { LANGUAGES, textsIn } from '../domain/messages/language-texts.ts'
import { wrapPage } from './link-page.ts'

/** What the page says on top of what it shows. */
export interface Said {
  text: string
  /** Whether somebody has to do something about it. */
  wrong: boolean
}

/** The question of a check, where the page belongs to one. */
export interface Question {
  state: 'open' | 'reached' | 'not_me'
}

/** The page of one's own details. It needs no script and works in any browser; looking at it changes and proves nothing. */
export function writeDetailsPage(person: Person, organisation: string, said: Said | null): string {
  const texts = detailsTextsIn(person.language)
  return wrapPage(
    person.language,
    texts.title,
    `<p class="from">${escapeHtml(organisation)}</p>${writeDetails(person, organisation, said, 'h1')}`,
  )
}

/**
 * The page of a check: one question, for whoever has the number or address. What is stored is shown below only where its owner
 * had answered by it before: a mistyped number belongs to somebody else.
 */
export function writeCheckPage(
  language: string,
  organisation: string,
  question: Question,
  details: { person: Person; said: Said | null } | null,
): string {
  const texts = detailsTextsIn(language)
  const system = textsIn(language)
  const answers: Record<Question['state'], string> = {
    open: `<form method="post"><button name="act" value="reached">${escapeHtml(system.checkLabel)}</button>
<button name="act" value="not_me" class="second">${escapeHtml(texts.notMe)}</button></form>`,
    reached: `<p role="status" class="said">${escapeHtml(system.checkDone)}</p>`,
    not_me: `<p role="status" class="said">${escapeHtml(texts.notMeSaid)}</p>`,
  }
  return wrapPage(
    language,
    system.checkTitle,
    `<p class="mark drill">${escapeHtml(system.noEmergency)}</p><p class="from">${escapeHtml(organisation)}</p>
<h1>${escapeHtml(system.checkTitle)}</h1>${answers[question.state]}
${details === null ? '' : writeDetails(details.person, organisation, details.said, 'h2')}`,
  )
}

function writeDetails(person: Person, organisation: string, said: Said | null, heading: 'h1' | 'h2'): string {
  const texts = detailsTextsIn(person.language)
  return `<${heading}>${escapeHtml(texts.title)}</${heading}><p>${escapeHtml(texts.intro(organisation))}</p>
${said === null ? '' : `<p role="${said.wrong ? 'alert' : 'status'}" class="said">${escapeHtml(said.text)}</p>`}
${writeForm(person)}
<p class="from">${escapeHtml(texts.stored)}</p>`
}

function writeForm(person: Person): string {
  const texts = detailsTextsIn(person.language)
  const languages = [...new Set([person.language, ...LANGUAGES])]
  const options = languages.map((code) => {
    const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code
    return `<option value="${escapeHtml(code)}"${code === person.language ? ' selected' : ''}>${escapeHtml(name)}</option>`
  })
  const away = person.awayUntil === null ? '' : new Date(person.awayUntil).toISOString().slice(0, 10)
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => `<option value="${escapeHtml(zone)}">`)
  const fact = (label: string, value: string) =>
    value === '' ? '' : `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`
  return `<dl>${fact(texts.name, person.name)}${fact(texts.groups, person.groups.join(', '))}${fact(texts.duty, person.duty ?? '')}</dl>
<form method="post" class="details"><input type="hidden" name="version" value="${person.version}"><fieldset><legend>${escapeHtml(texts.contacts)}</legend>
${listPoints(person)}</fieldset>
<label>${escapeHtml(texts.add)}<input name="add" autocomplete="off" maxlength="200" aria-describedby="add-hint"></label><p class="from" id="add-hint">${escapeHtml(texts.addHint)}</p>
<label>${escapeHtml(texts.language)}<select name="language">${options.join('')}</select></label>
<label>${escapeHtml(texts.timeZone)}<input name="timeZone" list="zones" value="${escapeHtml(person.timeZone ?? '')}" maxlength="60" autocomplete="off"></label><datalist id="zones">${zones.join('')}</datalist>
<label>${escapeHtml(texts.away)}<input type="date" name="away" value="${away}" aria-describedby="away-hint"></label><p class="from" id="away-hint">${escapeHtml(texts.awayHint)}</p>
<button name="act" value="save">${escapeHtml(texts.save)}</button></form>`
}

function listPoints(person: Person): string {
  const texts = detailsTextsIn(person.language)
  return person.contactPoints
    .map((point) => {
      const removable = ['sms', 'voice', 'email'].includes(point.kind)
      const shown = point.kind === 'push' ? point.label || 'push' : describeAddress(point)
      const takeOut = removable
        ? `<label class="take"><input type="checkbox" name="takeOut" value="${escapeHtml(point.id)}"> ${escapeHtml(texts.takeOut)}</label>`
        : ''
      return `<div class="point"><p><strong>${escapeHtml(shown)}</strong> ${escapeHtml(KINDS[point.kind] ?? '')}<br><span class="from">${escapeHtml(describeProof(point, person.language))}</span></p>${takeOut}</div>`
    })
    .join('\n')
}

const KINDS: Partial<Record<ContactPoint['kind'], string>> = { sms: 'SMS', voice: '☎', email: '@', push: 'Push' }

function describeAddress({ address, extension }: ContactPoint): string {
  return extension === null ? address : `${address} / ${extension}`
}

function describeProof({ status, lastProofAt }: ContactPoint, language: string): string {
  const texts = detailsTextsIn(language)
  if (status === 'failing') return texts.failing
  if (lastProofAt === null) return texts.never
  return texts.proven(new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(lastProofAt))
}
