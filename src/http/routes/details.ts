import { type OwnDetails, openDetails, saveOwnDetails } from '../../application/people/own-details.ts'
import { findPerson } from '../../application/people/save-person.ts'
import type { Person } from '../../application/ports/people-store.ts'
import { openCheck, proveCheck } from '../../application/reach/answer-check.ts'
import { Problem } from '../../domain/errors.ts'
import { detailsTextsIn } from '../../domain/messages/details-texts.ts'
import { type Question, type Said, writeDetailsPage } from '../details-page.ts'
import { writeUnknownLinkPage } from '../link-page.ts'
import { param } from '../read-input.ts'
import type { AppContext, Route } from '../route.ts'

/** The pages that people open by a link of their own, outside any alert. */
export const detailsRoutes: Route[] = [
  {
    method: 'GET',
    path: '/c/:token',
    rule: 'link',
    summary: 'Asks whether a contact point reaches its owner, and shows what is stored; looking changes nothing',
    handle: (c) => calmly(c, async () => show(c, await readChecked(c), null, 200)),
  },
  {
    method: 'POST',
    path: '/c/:token',
    rule: 'link',
    summary: 'Says that it does, or mends what is stored',
    handle: (c) =>
      calmly(c, async () => {
        const checked = await readChecked(c)
        const form = new URLSearchParams(await c.req.text())
        if (form.get('act') === 'save') return save(c, checked, form)
        await proveCheck(c.var.deps, await openCheck(c.var.deps, param(c, 'token')), 'link')
        return show(c, await readChecked(c), null, 200)
      }),
  },
  {
    method: 'GET',
    path: '/d/:token',
    rule: 'link',
    summary: 'What is stored about somebody, for them',
    handle: (c) => calmly(c, async () => show(c, await readDetails(c), null, 200)),
  },
  {
    method: 'POST',
    path: '/d/:token',
    rule: 'link',
    summary: 'Mends what is stored about somebody',
    handle: (c) => calmly(c, async () => save(c, await readDetails(c), new URLSearchParams(await c.req.text()))),
  },
]

interface Shown {
  person: Person
  question: Question | null
}

async function readChecked(c: AppContext): Promise<Shown> {
  const check = await openCheck(c.var.deps, param(c, 'token'))
  return { person: await findPerson(c.var.deps, check.personId), question: { answered: check.state === 'proven' } }
}

async function readDetails(c: AppContext): Promise<Shown> {
  return { person: await openDetails(c.var.deps, param(c, 'token')), question: null }
}

async function save(c: AppContext, shown: Shown, form: URLSearchParams): Promise<Response> {
  const texts = detailsTextsIn(shown.person.language)
  try {
    const changed = await saveOwnDetails(c.var.deps, shown.person, readForm(form, shown.person))
    const person = await findPerson(c.var.deps, shown.person.id)
    const said = detailsTextsIn(person.language)
    return show(c, { ...shown, person }, { text: changed ? said.saved : said.nothingChanged, wrong: false }, 200)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const reason = error.code === 'details.last_point' ? texts.lastOne : error.message
    return show(c, shown, { text: texts.notSaved(reason), wrong: true }, 422)
  }
}

function readForm(form: URLSearchParams, person: Person): OwnDetails {
  const day = form.get('away') ?? ''
  const known = person.awayUntil === null ? null : new Date(person.awayUntil).toISOString()
  const asShown = known?.slice(0, 10) === day
  return {
    language: form.get('language') ?? person.language,
    timeZone: (form.get('timeZone') ?? '').trim(),
    awayUntil: asShown ? known : /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T00:00:00.000Z` : null,
    takeOut: form.getAll('takeOut'),
    add: (form.get('add') ?? '').slice(0, 200),
  }
}

function show(
  c: AppContext,
  { person, question }: Shown,
  said: Said | null,
  status: 200 | 422,
): Response | Promise<Response> {
  c.header('cache-control', 'no-store')
  return c.html(writeDetailsPage(person, c.var.deps.settings.organisation, question, said), status)
}

async function calmly(c: AppContext, handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { language, organisation, region } = c.var.deps.settings
    return c.html(writeUnknownLinkPage(language, organisation, region), 404)
  }
}
