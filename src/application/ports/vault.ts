/** Seals what must not be read from a stolen database, and makes and checks secrets. All of it is fast and synchronous. */
export interface Vault {
  /** AES-256-GCM with the current key; the key's id is part of the result. */
  seal(plain: string): string
  /** Throws when it was sealed with a key that is not in the keyring, or was changed. */
  open(sealed: string): string
  /** Keyed hash of an address, equal for equal addresses. */
  lookUp(address: string): string
  /** The unguessable name of a recipient's answer page: always the same for the same recipient. */
  linkToken(recipientId: string): string
  /** The unguessable mark in the Message-ID of an attempt's mail, lower-case hexadecimal. */
  mailMark(attemptId: string): string
  /**
   * The word of a person for a number. What one says tells nothing of another.
   *
   * @param series grows when the person renews the secret, so that all words of before are void
   */
  authenticWord(personId: string, series: number, number: number): string
  /** How a secret that was handed out is remembered. */
  hashSecret(secret: string): string
  /** A new secret of at least 160 bits, safe in links. */
  newSecret(): string
}
