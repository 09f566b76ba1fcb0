import { type OwnDetails, openDetails, saveOwnDetails } from '../../application/people/own-details.ts'
import { findPerson } from '../../application/people/save-person.ts'
import type { CheckedPoint } from '../../application/ports/check-store.ts'
import type { Person } from '../../application/ports/people-store.ts'
import { disownCheck, openCheck, proveCheck } from '../../application/reach/answer-check.ts'
import { Problem } from '../../domain/errors.ts'
import { detailsTextsIn } from '../../domain/messages/details-texts.ts'
import { type Question, type Said, writeCheckPage, writeDetailsPage } from '../details-page.ts'
import { writeUnknownLinkPage } from '../link-page.ts'
import { param } from '../read-input.ts'
import type { AppContext, Route } from '../route.ts'

/** The pages that people open by a link of their own, outside any alert. */
export const detailsRoutes: Route[] = [
  {
    method: 'GET',
    path: '/c/:token',
    rule: 'link',
    summary: 'Asks whether a contact point reaches its owner; looking changes nothing',
    handle: (c) => calmly(c, async () => showCheck(c, await openCheck(c.var.deps, param(c, 'token')), null, 200)),
  },
  {
    method: 'POST',
    path: '/c/:token',
    rule: 'link',
    summary: 'Says that it does, or that it belongs to somebody else; its known owner may mend what is stored',
    handle: (c) =>
      calmly(c, async () => {
        const { deps } = c.var
        const check = await openCheck(deps, param(c, 'token'))
        const form = new URLSearchParams(await c.req.text())
        const act = form.get('act')
        if (act === 'save' && check.known) {
          const { said, status } = await save(c, await findPerson(deps, check.personId), form)
          return showCheck(c, check, said, status)
        }
        if (act === 'not_me') await disownCheck(deps, check)
        else if (act === 'reached') await proveCheck(deps, check, 'link')
        return showCheck(c, await openCheck(deps, param(c, 'token')), null, 200)
      }),
  },
  {
    method: 'GET',
    path: '/d/:token',
    rule: 'link',
    summary: 'What is stored about somebody, for them',
    handle: (c) => calmly(c, async () => showDetails(c, await openDetails(c.var.deps, param(c, 'token')), null, 200)),
  },
  {
    method: 'POST',
    path: '/d/:token',
    rule: 'link',
    summary: 'Mends what is stored about somebody',
    handle: (c) =>
      calmly(c, async () => {
        const person = await openDetails(c.var.deps, param(c, 'token'))
        const { said, status } = await save(c, person, new URLSearchParams(await c.req.text()))
        return showDetails(c, await findPerson(c.var.deps, person.id), said, status)
      }),
  },
]

type Status = 200 | 409 | 422

async function save(c: AppContext, person: Person, form: URLSearchParams): Promise<{ said: Said; status: Status }> {
  try {
    const changed = await saveOwnDetails(c.var.deps, person, readForm(form, person))
    const texts = detailsTextsIn((await findPerson(c.var.deps, person.id)).language)
    return { said: { text: changed ? texts.saved : texts.nothingChanged, wrong: false }, status: 200 }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const texts = detailsTextsIn(person.language)
    const reason = error.code === 'details.last_point' ? texts.lastOne : error.message
    return { said: { text: texts.notSaved(reason), wrong: true }, status: error.kind === 'stale' ? 409 : 422 }
  }
}

function readForm(form: URLSearchParams, person: Person): OwnDetails {
  const day = form.get('away') ?? ''
  const known = person.awayUntil === null ? null : new Date(person.awayUntil).toISOString()
  const asShown = known?.slice(0, 10) === day
  return {
    version: Number(form.get('version')),
    language: form.get('language') ?? person.language,
    timeZone: (form.get('timeZone') ?? '').trim(),
    awayUntil: asShown ? known : /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T00:00:00.000Z` : null,
    takeOut: form.getAll('takeOut'),
    add: (form.get('add') ?? '').slice(0, 200),
  }
}

function showDetails(c: AppContext, person: Person, said: Said | null, status: Status): Response | Promise<Response> {
  c.header('cache-control', 'no-store')
  return c.html(writeDetailsPage(person, c.var.deps.settings.organisation, said), status)
}

async function showCheck(c: AppContext, check: CheckedPoint, said: Said | null, status: Status): Promise<Response> {
  const { deps } = c.var
  const state: Question['state'] = check.state === 'proven' ? 'reached' : check.state === 'failed' ? 'not_me' : 'open'
  const details = check.known ? { person: await findPerson(deps, check.personId), said } : null
  c.header('cache-control', 'no-store')
  return c.html(writeCheckPage(check.language, deps.settings.organisation, { state }, details), status)
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
