import { serveTurn } from './serve-turn.ts'
import { formOf, HEADERS, IN_FLIGHT, openPool, PATH } from './work.ts'

/** The ceiling: the bare client's lowest call, and nothing durable. */
const pool = openPool()
const headers = Object.entries(HEADERS).flat()
let done = 0

function post(number: number, next: (error: Error | null) => void): void {
  let status = 0
  let text = ''
  pool.dispatch(
    { path: PATH, method: 'POST', headers, body: formOf(number) },
    {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode
      },
      onResponseData(_controller, chunk) {
        text += chunk.toString('latin1')
      },
      onResponseEnd() {
        const { sid } = JSON.parse(text) as { sid?: string }
        next(status === 201 && sid ? null : new Error(`the sink answered ${status}`))
      },
      onResponseError: (_controller, error) => next(error),
    },
  )
}

await serveTurn(
  (first, count) =>
    new Promise((resolve, reject) => {
      let next = first
      done = 0
      const step = (error: Error | null) => {
        if (error) return reject(error)
        done++
        if (done === count) resolve()
        else if (next < first + count) post(next++, step)
      }
      while (next < first + Math.min(IN_FLIGHT, count)) post(next++, step)
    }),
  () => done,
)
