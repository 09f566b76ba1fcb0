import { Pool } from 'undici'
import { serveTurn } from './serve-turn.ts'
import { forEach, IN_FLIGHT, numberOf, required, TEXT } from './work.ts'

/** Kannel: we hand over, it spools and delivers. The sink says when all has arrived; Kannel keeps no record to ask. */
const pool = new Pool(required('KANNEL_URL'), { connections: IN_FLIGHT })
let taken = 0

await serveTurn(
  async (first, count) => {
    taken = 0
    await forEach(first, count, IN_FLIGHT, async (number) => {
      const query = new URLSearchParams({ username: 'bench', password: 'bench', to: numberOf(number), text: TEXT })
      const { statusCode, body } = await pool.request({ path: `/cgi-bin/sendsms?${query}`, method: 'GET' })
      await body.dump()
      if (statusCode !== 202) throw new Error(`Kannel answered ${statusCode}`)
      taken++
    })
  },
  () => taken,
)
