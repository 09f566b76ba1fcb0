import { foldText } from '../../domain/acknowledgements/fold-text.ts'
import { namesCode } from '../../domain/acknowledgements/read-reply.ts'
import { MINUTE } from '../../domain/clock.ts'
import { emergencyNumber } from '../../domain/messages/emergency-number.ts'
import { textsIn } from '../../domain/messages/language-texts.ts'
import type { Deps } from '../deps.ts'
import type { TimelineRecord } from '../ports/alert-store.ts'
import type { EarlierMessage, InboundMessage } from '../ports/answer-store.ts'
import type { CallbackReply } from '../ports/carrier.ts'
import type { Statement } from '../ports/statement.ts'
import { type Caller, REMEMBERED } from './find-callers.ts'
import { keepOnce, type ReceivedText } from './keep-text.ts'

/** How long a phone that no alert knows gets no second answer of this kind. */
const QUIET = 30 * MINUTE

/** On whose board a text is shown: on that of one alert, or on all that are open. */
interface Place {
  alertId: string | null
  recipientId: string | null
  /** Whether anybody sees it: with no alert open and none lately, nobody watches. */
  seen: boolean
  /** Since when every board that would show it has shown what came. */
  since: number
  entries: Pick<TimelineRecord, 'alertId' | 'recipientId' | 'data'>[]
}

/**
 * Keeps a text that no machine can read, where a person reads it, and answers its phone once. The same words again, as
 * from a phone that answers by itself, only raise a number on the board.
 *
 * @param callers those whom it may come from: of open alerts, else of alerts that ended lately
 * @param act what else the text does; it gets the statements to be committed together
 */
export async function keepUnclear(
  deps: Deps,
  text: ReceivedText,
  callers: readonly Caller[],
  reason: string,
  act: (statements: readonly Statement[]) => Promise<unknown> = deps.store.commit,
): Promise<CallbackReply> {
  const place = await findPlace(deps, text, callers)
  const { alertId, recipientId } = place
  const earlier = (await deps.store.answers.unclearFrom(text.from, text.at - REMEMBERED)).filter(
    (message) => message.alertId === alertId,
  )
  const waiting = findSame(earlier, text.text, place.since)
  const message: InboundMessage = { ...text, outcome: 'unclear', reason, alertId, recipientId }
  const entries = waiting ? [] : place.entries.map((entry) => noteOf(deps, entry, text.at, reason))
  // What it does has been done when the same words came first.
  const write = waiting ? deps.store.commit : act
  const keeping = (keep: Statement) => write([keep, ...entries]).then(() => true)
  const kept = await keepOnce(deps, message, keeping, waiting?.id ?? null)
  if (kept === null || wasAnswered(earlier, alertId, text.at)) return { text: null }
  const texts = textsIn(callers[0]?.recipient.language ?? deps.settings.language)
  return {
    text: `${place.seen ? texts.willBeRead : texts.noOpenAlert} ${texts.inDanger(emergencyNumber(deps.settings.region))}`,
  }
}

/** The same words from the same phone that still wait on the same boards. */
export function findSame(earlier: readonly EarlierMessage[], text: string, since: number): EarlierMessage | undefined {
  const words = foldText(text).trim()
  return earlier.find((message) => !message.settled && message.at >= since && foldText(message.text).trim() === words)
}

/** An answer with a note got its confirmation, not the word that a person will read this. */
function wasAnswered(earlier: readonly EarlierMessage[], alertId: string | null, now: number): boolean {
  return earlier.some(({ reason, lastAt }) => reason !== 'noted' && (alertId !== null || lastAt > now - QUIET))
}

async function findPlace(deps: Deps, text: ReceivedText, callers: readonly Caller[]): Promise<Place> {
  const named = callers.filter(({ alert }) => namesCode(text.text, alert.code))
  const live = callers.filter(({ alert }) => alert.kind === 'live')
  const caller = named[0] ?? live[0] ?? callers[0]
  const own = caller ? callers.filter(({ alert }) => alert.id === caller.alert.id) : []
  const recipientId = caller && own.length === 1 ? caller.recipient.id : null
  const open = await deps.store.alerts.open()
  if (caller && (caller.alert.state === 'open' || open.length === 0 || recipientId === null)) {
    const alertId = caller.alert.id
    return { alertId, recipientId, seen: true, since: 0, entries: [{ alertId, recipientId, data: {} }] }
  }
  // Whoever watches an open alert sees it: nobody may be looking at one that has ended.
  const sender = caller ? 'earlier' : 'unknown'
  const addressed = caller ? undefined : open.find(({ code }) => namesCode(text.text, code))
  const shown = addressed ? [addressed] : open
  const entries = shown.map(({ id }): Place['entries'][number] => ({
    alertId: id,
    recipientId: null,
    data: { sender },
  }))
  if (caller) entries.push({ alertId: caller.alert.id, recipientId, data: {} })
  return {
    alertId: addressed?.id ?? null,
    recipientId,
    seen: shown.length > 0,
    since: Math.max(...shown.map(({ raisedAt }) => raisedAt), shown.length > 0 ? 0 : text.at - QUIET),
    entries,
  }
}

function noteOf(deps: Deps, entry: Place['entries'][number], at: number, reason: string): Statement {
  return deps.store.alerts.note({ ...entry, id: deps.newId(), at, kind: 'unclear', data: { ...entry.data, reason } })
}
