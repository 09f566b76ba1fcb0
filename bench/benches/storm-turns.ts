import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../measure/clean-up.ts'
import { startWorker } from '../measure/start-worker.ts'
import type { Contender } from '../measure/take-turns.ts'
import { type Prepared, PUBLIC_URL, prepareFolder } from '../service/prepare-folder.ts'
import { copyFolder, startTocsin } from '../service/start-tocsin.ts'
import { firstCarrier } from '../service/tocsin-turn.ts'
import { AUTH_TOKEN, accountOf } from '../service/write-carriers.ts'
import type { Sink } from '../sink/start-sink.ts'

const CONNECTIONS = 64
const LONGEST_WARM_UP = 2_000
/** Of the people to whom is sent beside the storm. */
const OTHER_TREE = 'Others'
const WORKERS = join(import.meta.dirname, '../workers')

/** So many more answer before, and are not counted. */
function warmUpOf(answers: number): number {
  return Math.min(LONGEST_WARM_UP, Math.ceil(answers / 10))
}

/** A folder in which an alert was sent to everybody who will answer. */
export interface Sent extends Prepared {
  alertId: string
  code: string
  remove(): void
}

/** The first so many answer, and some of them before, to warm up; others are only sent to. */
export async function prepareSent(sink: Sink, answers: number, others: number): Promise<Sent> {
  const waiting = answers + warmUpOf(answers)
  const prepared = await prepareFolder(waiting, others)
  const folder = copyFolder(prepared, [firstCarrier(sink)])
  await sink.reset({ people: waiting })
  const service = await startTocsin(folder, prepared.key)
  const { id, code } = await service.raise(prepared.trees)
  await sink.all()
  await service.accepted(id, waiting)
  await service.kill()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return { ...prepared, folder, alertId: id, code, remove }
}

interface Storm {
  name: string
  answers: number
}

function startStorm(port: string, { answers }: Storm, code: string) {
  return startWorker(join(WORKERS, 'send-storm.ts'), {
    PORT: port,
    PUBLIC_URL,
    AUTH_TOKEN,
    ACCOUNT: accountOf(1),
    CODE: code,
    ANSWERS: String(answers),
    WARM_UP: String(warmUpOf(answers)),
    CONNECTIONS: String(CONNECTIONS),
  })
}

/** Every answer must stand in the database when the storm is over, and every message of the other alert too. */
export function serviceAnswers(sink: Sink, storm: Storm & { prepared: Sent; others: number }): Contender {
  const { name, answers, prepared, others } = storm
  return {
    name,
    async begin() {
      const folder = copyFolder(prepared, [firstCarrier(sink)])
      const service = await startTocsin(folder, prepared.key)
      const worker = startStorm(new URL(service.url).port, storm, prepared.code)
      await worker.next()
      await sink.reset({ people: 0 })
      let told: Record<string, number> = {}
      return {
        pids: [service.pid],
        async work() {
          const alert = others > 0 ? await service.raise([OTHER_TREE]) : null
          worker.go()
          told = await worker.next()
          if (alert) await service.accepted(alert.id, others)
        },
        async prove() {
          const { counts, responses } = await service.view(prepared.alertId)
          const expected = answers + warmUpOf(answers)
          if (told.refused !== 0 || counts.acknowledged !== expected || responses.safe !== expected) {
            throw new Error(`${told.refused} were refused, ${counts.acknowledged} of ${expected} are acknowledged`)
          }
          const arrivals = await sink.tell()
          if (arrivals.others !== others) throw new Error(`the sink saw ${arrivals.others} of ${others}`)
          return told
        },
        async end() {
          await worker.end()
          await service.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}

export function answersByHono(storm: Storm & { mode: 'nothing' | 'transaction' }): Contender {
  const { name, answers, mode } = storm
  return {
    name,
    async begin() {
      const folder = makeFolder('answers')
      const people = String(answers + warmUpOf(answers))
      const given = { FOLDER: folder, PUBLIC_URL, AUTH_TOKEN, MODE: mode, PEOPLE: people }
      const server = startWorker(join(WORKERS, 'answer-callbacks.ts'), given)
      const { port } = await server.next()
      const worker = startStorm(String(port), storm, '0000')
      await worker.next()
      let told: Record<string, number> = {}
      return {
        pids: [server.pid],
        async work() {
          worker.go()
          told = await worker.next()
        },
        async prove() {
          server.go()
          const { answered } = await server.next()
          if (told.refused !== 0) throw new Error(`${told.refused} were refused`)
          if (mode === 'transaction' && answered !== Number(people)) throw new Error(`${answered} of ${people} stand`)
          return told
        },
        async end() {
          await worker.end()
          await server.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}
