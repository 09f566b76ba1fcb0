const END = Buffer.from('\r\n\r\n')
const CHUNKED = /transfer-encoding: *chunked/i
const LENGTH = /content-length: *(\d+)/i
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** Splits what comes over one connection into requests, as cheaply as Node allows. */
export function createRequestReader(take: (text: string) => void): (data: Buffer) => void {
  let rest: Buffer | null = null
  return (data) => {
    const bytes = rest ? Buffer.concat([rest, data]) : data
    let offset = 0
    for (;;) {
      const head = bytes.indexOf(END, offset)
      if (head < 0) break
      const end = endOf(bytes, offset, head + END.length)
      if (end === null || end > bytes.length) break
      take(bytes.toString('latin1', offset, end))
      offset = end
    }
    rest = offset < bytes.length ? bytes.subarray(offset) : null
  }
}

/** Where the request ends whose body begins at `body`; null when that cannot be told yet. */
function endOf(bytes: Buffer, start: number, body: number): number | null {
  const head = bytes.toString('latin1', start, body)
  const length = LENGTH.exec(head)
  if (length) return body + Number(length[1])
  if (!CHUNKED.test(head)) return body
  const last = bytes.indexOf(LAST_CHUNK, body)
  return last < 0 ? null : last + LAST_CHUNK.length
}
