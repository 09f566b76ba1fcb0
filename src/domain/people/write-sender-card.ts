import { escapeCardText } from './card-text.ts'
import { writeCard } from './write-card-lines.ts'

interface Sender {
  organisation: string
  /** E.164. */
  numbers: readonly string[]
  mailAddresses: readonly string[]
  /** Where the service is; names the card, so that a newer one replaces it. */
  url: string
}

/**
 * The card by which a phone knows who is calling: with all numbers that alerts may come from, so that its owner can let
 * them through when it is set to silence. vCard 3.0, which every phone reads.
 */
export function writeSenderCard({ organisation, numbers, mailAddresses, url }: Sender): string {
  const name = escapeCardText(organisation)
  return writeCard('3.0', [
    `UID:${escapeCardText(url)}`,
    `FN:${name}`,
    `N:${name};;;;`,
    `ORG:${name}`,
    ...numbers.map((number) => `TEL;TYPE=WORK,VOICE:${number}`),
    ...mailAddresses.map((address) => `EMAIL;TYPE=INTERNET:${escapeCardText(address)}`),
    `URL:${url}`,
  ])
}
