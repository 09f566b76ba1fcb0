import { workerTexts } from '../texts.ts'

/** What a push says, made safe to show: whatever arrives, something is shown. */
export interface PushMessage {
  title: string
  body: string
  tag: string
  /** Paths on this host; null where the push brings none. */
  url: string
  answerUrl: string | null
  shownUrl: string | null
  actions: { action: string; title: string }[]
  /** The alert is over: the notification need not stay until touched. */
  ended: boolean
}

/** Reads the payload of a push. Addresses lose their host: the service is always asked where the app came from. */
export function readMessage(payload: unknown, origin: string): PushMessage {
  const fields = isRecord(payload) ? payload : {}
  const id = text(fields.id)
  return {
    title: text(fields.title) || workerTexts.unreadable.title,
    body: text(fields.body) || (text(fields.title) ? '' : workerTexts.unreadable.body),
    tag: text(fields.tag) || id || 'tocsin',
    url: pathOf(fields.url, origin) ?? '/',
    answerUrl: pathOf(fields.answerUrl, origin),
    shownUrl: pathOf(fields.shownUrl, origin),
    actions: Array.isArray(fields.actions) ? fields.actions.flatMap(readAction) : [],
    ended: fields.kind === 'ended',
  }
}

function readAction(value: unknown): { action: string; title: string }[] {
  if (!isRecord(value) || !text(value.action)) return []
  return [{ action: text(value.action), title: text(value.title) || text(value.action) }]
}

function pathOf(value: unknown, origin: string): string | null {
  if (!text(value) || !URL.canParse(text(value), origin)) return null
  const url = new URL(text(value), origin)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.pathname + url.search : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
