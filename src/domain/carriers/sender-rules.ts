/**
 * Where texts from some senders are not delivered, as providers publish it. Kept small: countries in which providers
 * agree. Everything else is left to the carrier. The rules change; whoever has registered says so in `registered`,
 * which outweighs this table.
 *
 * Sources:
 * - names not supported in the United States, Canada and China: AWS End User Messaging, "Sender IDs"; in the United
 *   States, Canada and Puerto Rico: Telnyx, "Alphanumeric Sender ID"
 * - names to be registered: AWS End User Messaging, "Sender ID registration" and "Registration forms"
 * - numbers to the United States, Puerto Rico, the Virgin Islands, Guam and American Samoa are blocked unless
 *   registered (10DLC): Twilio, "Shutdown of Unregistered 10DLC Messaging"; toll-free numbers there and to Canada unless
 *   verified: Twilio, error 30032
 */
const REFUSES_NAMES = new Set(['US', 'CA', 'CN', 'PR'])
const REGISTERS_NAMES = new Set('AE AU BY EG ID IE IN JO KE KW KZ LK PH QA RU SA SG TH TR VN ZM'.split(' '))
const REGISTERS_NUMBERS = new Set(['US', 'PR', 'VI', 'GU', 'AS'])
const REGISTERS_TOLL_FREE = new Set([...REGISTERS_NUMBERS, 'CA'])
const TOLL_FREE = /^\+18(?:00|33|44|55|66|77|88)\d{7}$/

/**
 * - `fine`: nothing is known against it.
 * - `refused`: networks there deliver nothing from such a sender.
 * - `unregistered`: it must be registered there, and is not.
 * - `unsure`: it must be registered there, and nobody has said whether it is.
 */
export type SenderVerdict = 'fine' | 'refused' | 'unregistered' | 'unsure'

/** Whether this sender's texts are delivered in a country. */
export function judgeSender(
  sender: string | null,
  registered: readonly string[] | null,
  country: string,
): SenderVerdict {
  if (registered?.includes(country)) return 'fine'
  if (sender !== null && isName(sender)) {
    if (REFUSES_NAMES.has(country)) return 'refused'
    return REGISTERS_NAMES.has(country) ? missing(registered) : 'fine'
  }
  const rules = sender !== null && TOLL_FREE.test(sender) ? REGISTERS_TOLL_FREE : REGISTERS_NUMBERS
  return rules.has(country) ? missing(registered) : 'fine'
}

/** Whether a sender is a name, which nobody can call or answer. */
export function isName(sender: string): boolean {
  return !/^\+?\d+$/.test(sender)
}

function missing(registered: readonly string[] | null): SenderVerdict {
  return registered === null ? 'unsure' : 'unregistered'
}
