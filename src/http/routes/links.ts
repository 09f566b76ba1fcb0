import { z } from 'zod'
import { answerByLink, type LinkedAlert, openLink } from '../../application/answers/answer-by-link.ts'
import { markShown } from '../../application/answers/mark-shown.ts'
import { markOnCard } from '../../application/cards/mark-card.ts'
import { viewHeldCards } from '../../application/cards/show-cards.ts'
import { wordOf } from '../../application/people/authentic-words.ts'
import { cardMark } from '../../contract/cards.ts'
import { mayPass, Problem, problemIn } from '../../domain/errors.ts'
import { logBug } from '../answer-problem.ts'
import { type FormOutcome, LINK_PAGE_CSS, writeLinkPage, writeUnknownLinkPage } from '../link-page.ts'
import { param } from '../read-input.ts'
import type { AppContext, Route } from '../route.ts'

const answer = z.object({
  response: z.string().min(1).max(40),
  channel: z.enum(['link', 'push']).default('link'),
  /** When the human tapped; a phone without a network sends it later. */
  at: z.iso.datetime().optional(),
  act: z.string().max(100).optional(),
})

export const linkRoutes: Route[] = [
  {
    method: 'GET',
    path: '/a/:token',
    rule: 'link',
    summary: 'The page on which a recipient answers; looking at it changes nothing',
    handle: (c) => calmly(c, async () => show(c, await openLink(c.var.deps, param(c, 'token')), null, 200)),
  },
  {
    method: 'POST',
    path: '/a/:token',
    rule: 'link',
    summary: 'An answer from the page, or from a notification',
    body: answer,
    handle: (c) =>
      calmly(c, async () => {
        const given = await readAnswer(c)
        const { outcome, ...linked } = await answerByLink(c.var.deps, param(c, 'token'), {
          response: given.response,
          channel: given.channel,
          act: given.act ?? '',
          at: given.at === undefined ? null : Date.parse(given.at),
          attempt: c.req.query('attempt') ?? null,
        })
        return isJson(c) ? c.json({ outcome, response: linked.recipient.response }) : show(c, linked, outcome, 200)
      }),
  },
  {
    method: 'POST',
    path: '/a/:token/marks',
    rule: 'link',
    summary: 'What came of phoning somebody on a card',
    body: cardMark,
    handle: (c) =>
      calmly(c, async () => {
        const linked = await openLink(c.var.deps, param(c, 'token'))
        const { personId, name } = linked.recipient
        const { card, ...mark } = await readMark(c)
        await markOnCard(c.var.deps, { actor: { kind: 'service' }, personId, name }, card, mark)
        return show(c, linked, null, 200)
      }),
  },
  {
    method: 'POST',
    path: '/a/:token/shown',
    rule: 'link',
    summary: 'A browser has shown the notification: delivered',
    async handle(c) {
      await markShown(c.var.deps, param(c, 'token'), c.req.query('attempt') ?? '')
      return c.body(null, 204)
    },
  },
  {
    method: 'GET',
    path: '/link-page.css',
    rule: 'public',
    summary: 'How these pages look',
    handle: (c) => c.body(LINK_PAGE_CSS, 200, { 'content-type': 'text/css; charset=utf-8' }),
  },
]

async function show(
  c: AppContext,
  linked: LinkedAlert,
  outcome: FormOutcome | null,
  status: 200 | 422 | 503,
): Promise<Response> {
  const { newId, settings, vault } = c.var.deps
  const { alert, recipient } = linked
  const cards = alert.state === 'open' ? await viewHeldCards(c.var.deps, recipient.personId, alert.id) : []
  const form = { act: newId(), marks: `/a/${param(c, 'token')}/marks` }
  c.header('cache-control', 'no-store')
  const beside = { region: settings.region, cards, word: wordOf(vault, recipient) }
  return c.html(writeLinkPage({ ...linked, ...beside }, form, outcome), status)
}

/** Says what went wrong as a page to people, and as problem details to programs. */
async function calmly(c: AppContext, handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle()
  } catch (error) {
    if (!problemIn(error) || isJson(c) || !prefersPage(c)) throw error
    const { settings } = c.var.deps
    const linked = await openLink(c.var.deps, param(c, 'token')).catch(() => null)
    if (mayPass(error)) {
      if (!linked) throw error
      logBug(c, error)
      return show(c, linked, 'not_kept', 503)
    }
    if (linked) return show(c, linked, 'not_chosen', 422)
    return c.html(writeUnknownLinkPage(settings.language, settings.organisation, settings.region), 404)
  }
}

function prefersPage(c: AppContext): boolean {
  return c.req.header('accept')?.includes('text/html') ?? false
}

function isJson(c: AppContext): boolean {
  return c.req.header('content-type')?.startsWith('application/json') ?? false
}

const markForm = z.object({ card: z.uuid(), ...cardMark.shape })

/** The form's button says `reached:` and the answer, or what else came of it. */
async function readMark(c: AppContext): Promise<z.infer<typeof markForm>> {
  const form = new URLSearchParams(await c.req.text())
  const [mark, response] = (form.get('mark') ?? '').split(':')
  const given = { card: form.get('card'), person: form.get('person'), mark, ...(response ? { response } : {}) }
  const result = markForm.safeParse(given)
  if (result.success) return result.data
  throw new Problem('invalid', 'input.invalid', 'Say whom you phoned and what came of it.', { field: 'mark' })
}

async function readAnswer(c: AppContext): Promise<z.infer<typeof answer>> {
  let body: Record<string, unknown>
  if (isJson(c)) {
    body = await c.req.json<Record<string, unknown>>().catch(() => ({}))
  } else {
    const form = new URLSearchParams(await c.req.text())
    const act = form.get('act')
    body = { response: form.get('answer') ?? '', ...(act ? { act } : {}) }
  }
  const result = answer.safeParse(body)
  if (result.success) return result.data
  throw new Problem('invalid', 'input.invalid', 'Say which answer you choose.', { field: 'answer' })
}
