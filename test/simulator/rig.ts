import { serve } from '@hono/node-server'
import twilio from 'twilio'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/simulator.ts'

export const ACCOUNT = 'AC0123456789abcdef0123456789abcdef'
export const TOKEN = 'invented-token'
export const SENDER = '+12025550100'

/** A queue of timers that only moves when told to. */
export function createHandClock(startsAt = Date.UTC(2027, 0, 15, 3, 0, 0)) {
  let now = startsAt
  let count = 0
  const due: { at: number; order: number; run: () => void }[] = []
  return {
    now: () => now,
    later(ms: number, run: () => void) {
      count += 1
      due.push({ at: now + ms, order: count, run })
    },
    /** Runs everything that falls due within the time, in order, letting callbacks settle in between. */
    async advance(ms: number, settle: () => Promise<void>) {
      const until = now + ms
      await settle()
      for (;;) {
        due.sort((a, b) => a.at - b.at || a.order - b.order)
        const next = due[0]
        if (!next || next.at > until) break
        due.shift()
        now = Math.max(now, next.at)
        next.run()
        await settle()
      }
      now = until
    },
  }
}

export interface Received {
  url: string
  params: Record<string, string>
  headers: Headers
}

export interface Rig {
  simulator: Simulator
  client: ReturnType<typeof twilio>
  url: string
  received: Received[]
  /** Answers by path; anything else is answered with an empty 204. */
  answers: Map<string, (params: Record<string, string>) => string | Response>
  advance(ms: number): Promise<void>
  clock: ReturnType<typeof createHandClock>
  stop(): Promise<void>
}

/** A simulator behind real HTTP, the provider's own SDK in front of it, and an application that notes what it is told. */
export async function startRig(options: Partial<SimulatorOptions> = {}, account = {}): Promise<Rig> {
  const clock = createHandClock()
  const received: Received[] = []
  const answers: Rig['answers'] = new Map()
  const simulator = createSimulator({
    accounts: [
      {
        accountSid: ACCOUNT,
        authToken: TOKEN,
        numbers: [SENDER, '+12025550101'],
        smsWebhook: 'https://app.example.org/sms',
        voiceWebhook: 'https://app.example.org/voice',
        ...account,
      },
    ],
    async fetch(request) {
      const text = await request.clone().text()
      const json = request.headers.get('Content-Type') === 'application/json'
      const params: Record<string, string> = json ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))
      received.push({ url: request.url, params, headers: request.headers })
      const answer = answers.get(new URL(request.url).pathname)?.(params)
      if (answer instanceof Response) return answer
      if (answer === undefined) return new Response(null, { status: 204 })
      return new Response(answer, { headers: { 'Content-Type': 'text/xml' } })
    },
    now: clock.now,
    later: clock.later,
    seed: 7,
    publicUrl: 'https://push.example.org',
    ...options,
  })
  const server = serve({ fetch: simulator.app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  const client = twilio(ACCOUNT, TOKEN)
  client.api.baseUrl = url
  return {
    simulator,
    client,
    url,
    received,
    answers,
    clock,
    advance: (ms) => clock.advance(ms, simulator.settle),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

export const response = (verbs: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`
