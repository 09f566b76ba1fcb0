import type { ImportProgress } from '../application/people/draft-import.ts'
import { answerProblem } from './answer-problem.ts'
import type { AppContext } from './route.ts'

const LINES = 'application/x-ndjson'

/**
 * The result of long work: as JSON, or for who accepts lines of JSON first `{ "progress": … }` now and then and at last
 * `{ "result": … }` or `{ "problem": … }`. Who hangs up stops nothing: what was asked for is done.
 */
export async function answerWithProgress<Result>(
  c: AppContext,
  status: 200 | 201,
  work: (progress?: ImportProgress) => Promise<Result>,
): Promise<Response> {
  if (!c.req.header('accept')?.includes(LINES)) return c.json(await work(), status)
  const encoder = new TextEncoder()
  let open = true
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (line: unknown) => {
        if (open) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      try {
        say({ result: await work(onePerPercent(say)) })
      } catch (error) {
        say({ problem: await answerProblem(error, c).json() })
      }
      if (open) controller.close()
    },
    cancel() {
      open = false
    },
  })
  return c.body(stream, status, { 'content-type': LINES })
}

function onePerPercent(say: (line: unknown) => void): ImportProgress {
  let told = ''
  return (phase, done, total) => {
    const percent = `${phase} ${Math.floor((done / Math.max(total, 1)) * 100)}`
    if (percent === told) return
    told = percent
    say({ progress: { phase, done, total } })
  }
}
