/**
 * Whose fault a refusal is, which says what can still help:
 * - `opted_out`: the addressee told this sender to stop; another sender, another channel.
 * - `gone`: this address will never work again.
 * - `address`: this address cannot get such a message; another address may.
 * - `sender`: our number, account, server or its permissions; the next carrier may send it.
 * - `message`: this text, whoever gets it.
 * - `retry`: passes by itself.
 */
export type Verdict = 'opted_out' | 'gone' | 'address' | 'sender' | 'message' | 'retry'

/** One row of a carrier's table of errors, which the code decides by and the runbooks print. */
export interface ErrorEntry<Kind extends Verdict = Verdict> {
  /** As the provider writes it. */
  code: string
  verdict: Kind
  /** What it says, in our words. */
  meaning: string
}
