import { createHmac, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import BetterSqlite from 'better-sqlite3'
import { Hono } from 'hono'
import { numberOf } from '../sink/protocol.ts'

/** What answers are compared with: a route that does nothing, or one that proves each and has a transaction for it. */
const { FOLDER = '', PUBLIC_URL, AUTH_TOKEN = '', MODE } = process.env
const PEOPLE = Number(process.env.PEOPLE)
const PATH = '/callbacks/first/sms'
const database = new BetterSqlite(join(FOLDER, 'answers.db'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec('create table answers (number text primary key, state text not null, at integer, text text, sid text)')
database.transaction(() => {
  const insert = database.prepare("insert into answers (number, state) values (?, 'sent')")
  for (let index = 0; index < PEOPLE; index++) insert.run(numberOf(index))
})()
const answer = database.prepare(
  "update answers set state = 'answered', at = ?, text = ?, sid = ? where number = ? and state = 'sent'",
)

function isSigned(signature: string | undefined, fields: Record<string, string>): boolean {
  const names = Object.keys(fields).sort()
  const signed = PUBLIC_URL + PATH + names.map((name) => name + fields[name]).join('')
  const expected = createHmac('sha1', AUTH_TOKEN).update(signed).digest()
  const given = Buffer.from(signature ?? '', 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const app = new Hono()
app.post(PATH, async (c) => {
  if (MODE === 'nothing') return c.body(null, 204)
  const fields = Object.fromEntries(new URLSearchParams(await c.req.text()))
  if (!isSigned(c.req.header('x-twilio-signature'), fields)) return c.text('not signed', 403)
  database.transaction(() => answer.run(Date.now(), fields.Body, fields.MessageSid, fields.From))()
  return c.body('<Response/>', 200, { 'content-type': 'text/xml' })
})
process.on('disconnect', () => process.exit(0))
process.on('message', () => {
  const text = "select count(*) as answered from answers where state = 'answered'"
  process.send?.(database.prepare<[], Record<string, number>>(text).get())
})
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.({ port }))
