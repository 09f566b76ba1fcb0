import type { MyCard } from '../contract/cards.ts'
import { escapeHtml } from '../domain/escape-html.ts'
import { formatUtcClock } from '../domain/messages/format-time.ts'
import { textsIn } from '../domain/messages/language-texts.ts'

/** Whom the holder of the page is to phone: a link per number, and a button for everything that can come of it. */
export function writeCardSection(cards: readonly MyCard[], action: string, language: string): string {
  return cards.map((card) => writeCard(card, action, language)).join('')
}

function writeCard(card: MyCard, action: string, language: string): string {
  const texts = textsIn(language)
  const until = texts.cardUntil(formatUtcClock(Date.parse(card.deadline)))
  const rows = card.people.map((person) => writePerson(card, person, action, language))
  return `<section class="card"><h2>${escapeHtml(texts.toPhone)}</h2>
${card.endedAt === null ? `<p class="from">${escapeHtml(until)}</p>` : ''}<ul>${rows.join('')}</ul></section>`
}

function writePerson(card: MyCard, person: MyCard['people'][number], action: string, language: string): string {
  const texts = textsIn(language)
  const numbers = person.phones.map((number) => `<a href="tel:${escapeHtml(number)}">${escapeHtml(number)}</a>`)
  const answer = card.responseOptions.find(({ code }) => code === person.response)
  const button = (mark: string, label: string, pressed: boolean) =>
    `<button name="mark" value="${escapeHtml(mark)}" aria-pressed="${pressed}">${escapeHtml(label)}</button>`
  const choices = [
    ...card.responseOptions.map(({ code, label }) => button(`reached:${code}`, label, code === person.response)),
    button('no_answer', texts.noAnswer, person.mark === 'no_answer'),
    button('wrong_number', texts.wrongNumber, person.mark === 'wrong_number'),
  ]
  const state = answer ? ` <span class="from">${escapeHtml(answer.label)}</span>` : ''
  return `<li><strong>${escapeHtml(person.name)}</strong>${state} <span class="numbers">${numbers.join(' ')}</span>
<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="card" value="${escapeHtml(card.id)}"><input type="hidden" name="person" value="${escapeHtml(person.person)}">
<fieldset><legend>${escapeHtml(texts.reached)}</legend>${choices.join('')}</fieldset></form></li>`
}
