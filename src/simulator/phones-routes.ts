import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Carrier } from './carrier.ts'
import type { ChangeFeed } from './change-feed.ts'
import type { Crowd } from './crowd.ts'
import { type Faults, readFaults } from './faults.ts'
import { PHONES_HTML, PHONES_ICON } from './page/phones-html.ts'
import { PHONES_SCRIPT } from './page/phones-script.ts'
import { PHONES_STYLE } from './page/phones-style.ts'
import { type Phone, viewPhone } from './phone.ts'
import type { PhoneBook } from './phone-book.ts'
import type { Phones } from './phones.ts'

const SHOWN_PHONES = 500
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

interface PhonesRoutesParts {
  carrier: Carrier
  book: PhoneBook
  phones: Phones
  crowd: Crowd
  feed: ChangeFeed
  setFaults: (change: Partial<Faults>) => void
  publicUrl: string | undefined
}

/** The page of phones, its events, and the hands that act on the phones. */
export function createPhonesRoutes(parts: PhonesRoutesParts): Hono {
  const { carrier, book, phones, crowd, feed, setFaults, publicUrl } = parts
  const app = new Hono()
  const asset = (content: string, type: string) => () =>
    new Response(content, {
      headers: {
        'Content-Type': `${type}; charset=utf-8`,
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-cache',
      },
    })
  app.get('/phones', asset(PHONES_HTML, 'text/html'))
  app.get('/phones/phones.css', asset(PHONES_STYLE, 'text/css'))
  app.get('/phones/icon.svg', asset(PHONES_ICON, 'image/svg+xml'))
  app.get('/phones/phones.js', asset(PHONES_SCRIPT, 'text/javascript'))

  const view = (phone: Phone) => viewPhone(phone, book.behaviourOf(phone.number))
  const settings = () => ({ crowd: crowd.seed(), faults: carrier.faults })
  const everything = () => {
    const all = book.all()
    return {
      phones: all.slice(0, SHOWN_PHONES).map(view),
      notShown: Math.max(0, all.length - SHOWN_PHONES),
      ...settings(),
    }
  }
  app.get('/phones/state', (context) => context.json(everything()))
  app.get('/phones/events', (context) =>
    streamSSE(context, async (stream) => {
      const reader = feed.open()
      stream.onAbort(reader.close)
      await stream.writeSSE({ event: 'state', data: JSON.stringify(everything()) })
      while (!stream.aborted) {
        const changed = (await reader.next()).flatMap((number) => book.find(number) ?? [])
        const data = JSON.stringify({ phones: changed.map(view), ...settings() })
        if (!stream.aborted) await stream.writeSSE({ event: 'changed', data })
      }
    }),
  )

  app.use('/phones/*', async (context, next) => {
    if (context.req.method !== 'GET' && isForeign(context, publicUrl))
      return context.json({ error: 'This page takes orders only from itself.' }, 403)
    await next()
    return undefined
  })
  app.post('/phones/crowd', async (context) => {
    const { seed, speed } = await readBody(context)
    if (seed === null) crowd.stop()
    else crowd.start(typeof seed === 'number' ? seed : 1, typeof speed === 'number' && speed > 0 ? { speed } : {})
    feed.nudge()
    return context.json(settings())
  })
  app.post('/phones/faults', async (context) => {
    setFaults(readFaults(await readBody(context)))
    feed.nudge()
    return context.json(settings())
  })
  app.post('/phones/:number/:act', async (context) => {
    const number = context.req.param('number')
    if (!book.find(number)) return context.json({ error: `There is no phone ${number}.` }, 404)
    const done = act(phones, number, context.req.param('act'), await readBody(context))
    if (done === undefined) return context.json({ error: 'A phone cannot do that.' }, 404)
    return done ? context.json({ ok: true }) : context.json({ error: 'Not possible at this moment.' }, 409)
  })
  return app
}

/** Carries out what the page asks; undefined for an act that does not exist. */
function act(phones: Phones, number: string, name: string, body: Record<string, unknown>): boolean | undefined {
  const text = (field: string) => (typeof body[field] === 'string' && body[field] !== '' ? body[field] : undefined)
  switch (name) {
    case 'answer':
      return phones.answer(number)
    case 'hangup':
      return phones.hangUp(number)
    case 'key':
      return phones.press(number, text('key') ?? '')
    case 'text':
      return phones.text(number, text('body') ?? '', text('to'))
    case 'ring':
      return phones.ring(number, text('to'))
    case 'tap':
      return phones.tap(number, text('action') ?? '', text('id'))
    default:
      return undefined
  }
}

async function readBody(context: Context): Promise<Record<string, unknown>> {
  const parsed: unknown = await context.req.json().catch(() => ({}))
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}

/** A page elsewhere must not press keys here. Behind a proxy the scheme may differ, so hosts are compared. */
function isForeign(context: Context, publicUrl: string | undefined): boolean {
  const origin = context.req.header('Origin')
  if (origin === undefined) return context.req.header('Sec-Fetch-Site') === 'cross-site'
  if (!URL.canParse(origin)) return true
  const hosts = [new URL(context.req.url).host, ...(publicUrl ? [new URL(publicUrl).host] : [])]
  return !hosts.includes(new URL(origin).host)
}
