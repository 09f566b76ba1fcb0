import { z } from 'zod'
import { answerByLink, openLink } from '../../application/answers/answer-by-link.ts'
import { markShown } from '../../application/answers/mark-shown.ts'
import { Problem } from '../../domain/errors.ts'
import { LINK_PAGE_CSS, writeLinkPage } from '../link-page.ts'
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
    async handle(c) {
      const linked = await openLink(c.var.deps, param(c, 'token'))
      c.header('cache-control', 'no-store')
      return c.html(writeLinkPage(linked, c.var.deps.newId(), null))
    },
  },
  {
    method: 'POST',
    path: '/a/:token',
    rule: 'link',
    summary: 'An answer from the page, or from a notification',
    body: answer,
    async handle(c) {
      const given = await readAnswer(c)
      const { outcome, ...linked } = await answerByLink(c.var.deps, param(c, 'token'), {
        response: given.response,
        channel: given.channel,
        act: given.act ?? given.at ?? given.response,
        at: given.at === undefined ? c.var.deps.clock() : Date.parse(given.at),
      })
      if (isJson(c)) return c.json({ outcome, response: linked.recipient.response })
      c.header('cache-control', 'no-store')
      return c.html(writeLinkPage(linked, c.var.deps.newId(), outcome))
    },
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

function isJson(c: AppContext): boolean {
  return c.req.header('content-type')?.startsWith('application/json') ?? false
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
