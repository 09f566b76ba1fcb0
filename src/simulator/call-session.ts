import { type CallRecord, type CallSession, type Carrier, handsetOf } from './carrier.ts'
import { endCall } from './end-call.ts'
import { fetchMarkup, readVerbs } from './fetch-markup.ts'
import { createGather, type Gather } from './gather.ts'
import { elementsOf, type MarkupElement, spokenTextOf } from './markup.ts'
import { dispatchMessage } from './send-message.ts'

const MS_PER_CHARACTER = 60
const TONE_MS = 2_000
const DIALLED_MS = 20_000
const DOCUMENTS_PER_CALL = 500
/** Verbs that are allowed but do nothing on a simulated line. */
const WITHOUT_EFFECT = new Set(['Record', 'Leave', 'Enqueue', 'Start', 'Stop'])
const APOLOGY = 'We are sorry, an application error has occurred. Goodbye.'

const spokenMs = (text: string) => 400 + text.length * MS_PER_CHARACTER
const seconds = (value: string | undefined, absent: number) => {
  const number = Number(value ?? absent)
  return (Number.isFinite(number) && number >= 0 ? number : absent) * 1000
}

export function createCallSession(carrier: Carrier, call: CallRecord): CallSession {
  let verbs: MarkupElement[] = []
  let base = call.url ?? ''
  let step = 0
  let documents = 0
  let open = true
  let gather: Gather | null = null

  const say = (text: string) => carrier.phones.subtitle(call, text)
  const finish = () => endCall(carrier, call, 'completed')

  /** Goes on after a time, unless a key, a redirect or the end of the call came first. */
  function wait(ms: number, then: () => void): void {
    step += 1
    const mine = step
    carrier.later(ms, () => {
      if (open && mine === step) then()
    })
  }

  function run(document: MarkupElement[] | undefined): void {
    if (!open) return
    if (!document) {
      say(APOLOGY)
      wait(spokenMs(APOLOGY), finish)
      return
    }
    verbs = document
    if (call.status === 'ringing' && verbs[0]?.name !== 'Reject') takeInbound()
    next()
  }

  /** A call to one of our numbers is answered by the first document that does not reject it. */
  function takeInbound(): void {
    call.status = 'in-progress'
    call.answeredAt = carrier.now()
    carrier.phones.callAnswered(call)
  }

  function load(url: string, method: string, extra: Record<string, string> = {}): void {
    step += 1
    const mine = step
    gather = null
    documents += 1
    if (documents > DOCUMENTS_PER_CALL) {
      carrier.report(11200, call.sid, 'The call asked for too many documents; it seems to redirect to itself')
      finish()
      return
    }
    const target = URL.canParse(url, base || undefined) ? new URL(url, base || undefined).href : url
    const work = fetchMarkup(carrier, call, target, method.toUpperCase() === 'GET' ? 'GET' : 'POST', extra)
    const arrived = work.then(({ url: answeredBy, document }) => {
      if (!open || mine !== step) return
      base = answeredBy
      run(document)
    })
    carrier.track(arrived)
  }

  function next(): void {
    const verb = verbs.shift()
    if (!verb) finish()
    else if (isPrompt(verb)) prompt(verb, next)
    else carryOut(verb)
  }

  function carryOut(verb: MarkupElement): void {
    const { method, reason } = verb.attributes
    switch (verb.name) {
      case 'Gather':
        listen(verb)
        break
      case 'Redirect':
        load(spokenTextOf(verb), method ?? 'POST')
        break
      case 'Hangup':
        finish()
        break
      case 'Reject':
        endCall(carrier, call, reason === 'busy' ? 'busy' : 'failed')
        break
      case 'Dial':
        dial(verb)
        break
      case 'Sms':
        sendText(verb)
        next()
        break
      default:
        if (!WITHOUT_EFFECT.has(verb.name))
          carrier.report(12200, call.sid, `Schema validation warning: <${verb.name}> is not a voice verb`)
        next()
    }
  }

  function prompt(verb: MarkupElement, then: () => void): void {
    const { length, loop } = verb.attributes
    const text = verb.name === 'Play' ? '(a sound is played)' : spokenTextOf(verb)
    const lasts = verb.name === 'Say' ? spokenMs(text) : TONE_MS
    const times = verb.name === 'Pause' || text === '' ? 0 : Math.min(Number(loop ?? 1) || 1000, 1000)
    const once = (left: number) => {
      say(text)
      wait(lasts, () => (left > 1 ? once(left - 1) : then()))
    }
    if (times > 0) once(times)
    else if (verb.name === 'Pause') wait(seconds(length, 1), then)
    else then()
  }

  function listen(verb: MarkupElement): void {
    const { action, actionOnEmptyResult, method } = verb.attributes
    const prompts = elementsOf(verb).filter(isPrompt)
    const mine = createGather(verb.attributes, (digits) => {
      gather = null
      if (digits === '' && actionOnEmptyResult !== 'true') next()
      else load(action ?? base, method ?? 'POST', { Digits: digits, msg: 'Gather End' })
    })
    gather = mine
    const play = () => {
      const first = prompts.shift()
      if (first) prompt(first, play)
      else wait(mine.timeoutMs, mine.close)
    }
    play()
  }

  /** Nobody is at the other end of a bridge here: it is shown, held for a while, and left. */
  function dial(verb: MarkupElement): void {
    const whom = spokenTextOf(verb)
    say(`(connected to ${whom})`)
    wait(DIALLED_MS, () => {
      const { action, method } = verb.attributes
      if (action === undefined) next()
      else load(action, method ?? 'POST', { DialCallStatus: 'completed' })
    })
  }

  function sendText(verb: MarkupElement): void {
    const { to, from } = verb.attributes
    const theirs = handsetOf(call)
    const ours = theirs === call.from ? call.to : call.from
    const { account } = call
    const body = spokenTextOf(verb)
    const text = { account, body, from: from ?? ours, to: to ?? theirs, messagingServiceSid: null }
    dispatchMessage(carrier, { ...text, direction: 'outbound-call', status: 'queued', statusCallback: null })
  }

  return {
    start() {
      if (call.markup) run(readVerbs(carrier, call, call.markup))
      else load(call.url ?? '', call.method)
    },
    press(keys) {
      const listening = gather
      if (!open || !listening) return
      step += 1
      for (const key of keys) if (gather === listening) listening.press(key)
      if (gather === listening) wait(listening.timeoutMs, listening.close)
    },
    redirect(url, markup, method) {
      step += 1
      gather = null
      if (markup) run(readVerbs(carrier, call, markup))
      else load(url ?? '', method)
    },
    stop() {
      open = false
      gather = null
    },
  }
}

function isPrompt(verb: MarkupElement): boolean {
  return verb.name === 'Say' || verb.name === 'Play' || verb.name === 'Pause'
}
