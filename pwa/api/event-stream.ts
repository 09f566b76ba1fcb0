/** One server-sent event (HTML standard, 9.2.6). */
interface StreamEvent {
  name: string
  data: string
}

/** Reads a stream of server-sent events chunk by chunk; each call returns the events completed by that chunk. */
export function createEventReader(): (chunk: string) => StreamEvent[] {
  let rest = ''
  let name = ''
  let data: string[] = []

  const take = (line: string): StreamEvent | null => {
    if (line === '') {
      const event = data.length > 0 ? { name: name || 'message', data: data.join('\n') } : null
      name = ''
      data = []
      return event
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') name = value
    if (field === 'data') data.push(value)
    return null
  }

  return (chunk) => {
    rest += chunk
    const events: StreamEvent[] = []
    // A carriage return at the very end may be the first half of CRLF: it waits for the next chunk.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const event = take(line)
      if (event) events.push(event)
    }
    return events
  }
}
