/** The messages to one number, as a list of the provider's has them. */
interface Kept {
  sid: string
  status: 'queued'
  direction: 'outbound-api'
  date_created: string
  body: string
}

/** What was accepted, for whoever asks whether a message is there; `keeps` says whether anything is found at all. */
export function keepMessages(keeps: boolean) {
  const byNumber = new Map<string, Kept[]>()
  return {
    keep(request: string, sid: string): void {
      if (!keeps) return
      const form = new URLSearchParams(request.slice(request.indexOf('\r\n\r\n') + 4))
      const number = form.get('To') ?? ''
      const kept = byNumber.get(number) ?? []
      byNumber.set(number, kept)
      const date_created = new Date().toUTCString()
      kept.unshift({ sid, status: 'queued', direction: 'outbound-api', date_created, body: form.get('Body') ?? '' })
    },
    /** The answer to a request for the list of one number. */
    list(request: string): string {
      const path = /^GET (\S+)/.exec(request)?.[1] ?? '/'
      const number = new URL(path, 'http://sink').searchParams.get('To') ?? ''
      return JSON.stringify({ messages: byNumber.get(number) ?? [] })
    },
  }
}
