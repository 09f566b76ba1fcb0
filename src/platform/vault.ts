import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import type { Vault } from '../application/ports/vault.ts'
import { createRandomPool } from './random-pool.ts'

/** Separate keys for separate purposes: changing one never voids what another protects. */
export interface Keyring {
  /** The key that seals now, by id, and those that still open. */
  encryption: { current: string; keys: Record<string, Buffer> }
  lookUp: Buffer
  links: Buffer
  mail: Buffer
  words: Buffer
  vapid: { publicKey: string; privateKey: string }
}

/** What was sealed with a key that is not in the keyring: the secret is another one than it was. */
export class UnknownKey extends Error {}

const KEY_LENGTH = 32
const NONCE_LENGTH = 12
const TAG_LENGTH = 16
const TOKEN_LENGTH = 16
const MARK_LENGTH = 32
/** Some 3 MB. */
const TOKENS_KEPT = 20_000

/**
 * Reads `TOCSIN_SECRET`: at least 32 random bytes in base64, from which every key is derived (HKDF, RFC 5869).
 * Null when it is not that. Its first eight bytes of hash name the key, so that a wrong secret is told from damage.
 */
export function readKeyring(secret: string): Keyring | null {
  const text = secret.trim()
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null
  const root = Buffer.from(text, 'base64')
  if (root.length < KEY_LENGTH) return null
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', root, 'tocsin', purpose, KEY_LENGTH))
  const encryption = derive('encryption 1')
  const id = createHash('sha256').update(encryption).digest('base64url').slice(0, 8)
  return {
    encryption: { current: id, keys: { [id]: encryption } },
    lookUp: derive('look-up 1'),
    links: derive('links 1'),
    mail: derive('mail 1'),
    words: derive('words 1'),
    vapid: deriveVapid(derive),
  }
}

/** A P-256 key pair as RFC 8292 wants it; a derived scalar outside the curve's order is skipped for the next. */
function deriveVapid(derive: (purpose: string) => Buffer): Keyring['vapid'] {
  for (let number = 1; ; number++) {
    const pair = createECDH('prime256v1')
    try {
      const scalar = derive(`vapid ${number}`)
      pair.setPrivateKey(scalar)
      return { publicKey: pair.getPublicKey('base64url'), privateKey: scalar.toString('base64url') }
    } catch {
      // One in four thousand million: not a key of this curve.
    }
  }
}

/** A secret for a new service, as `TOCSIN_SECRET` wants it. */
export function makeSecret(): string {
  return randomBytes(KEY_LENGTH).toString('base64')
}

export function createVault(keyring: Keyring): Vault {
  // Of plain bytes a key is made again for every address, which takes five times as long as what it is made for.
  const keys = new Map(Object.entries(keyring.encryption.keys).map(([id, bytes]) => [id, createSecretKey(bytes)]))
  const currentId = keyring.encryption.current
  const current = keys.get(currentId)
  if (!current) throw new Error('the current key is not in the keyring')
  const lookUp = createSecretKey(keyring.lookUp)
  const links = createSecretKey(keyring.links)
  const mail = createSecretKey(keyring.mail)
  const words = createSecretKey(keyring.words)
  const random = createRandomPool()
  /** Of those who were seated a moment ago and are now written to. */
  const tokens = new Map<string, string>()
  return {
    seal(plain) {
      const nonce = random(NONCE_LENGTH)
      const cipher = createCipheriv('aes-256-gcm', current, nonce)
      const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${currentId}.${sealed.toString('base64url')}`
    },
    open(sealed) {
      const dot = sealed.indexOf('.')
      const key = keys.get(sealed.slice(0, dot))
      if (!key) throw new UnknownKey('sealed with a key that is not in the keyring: is TOCSIN_SECRET the right one?')
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_LENGTH), {
        authTagLength: TAG_LENGTH,
      })
      decipher.setAuthTag(bytes.subarray(-TAG_LENGTH))
      return decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8')
    },
    lookUp: (address) => createHmac('sha256', lookUp).update(address).digest('base64url'),
    linkToken(id) {
      const known = tokens.get(id)
      if (known !== undefined) return known
      const token = createHmac('sha256', links).update(id).digest('base64url').slice(0, TOKEN_LENGTH)
      if (tokens.size >= TOKENS_KEPT) tokens.clear()
      tokens.set(id, token)
      return token
    },
    mailMark: (id) => createHmac('sha256', mail).update(id).digest('hex').slice(0, MARK_LENGTH),
    authenticWord(personId, series, number) {
      // As a key object: from bytes it is made three times as slowly.
      const own = createSecretKey(createHmac('sha256', words).update(`${personId} ${series}`).digest())
      // 2,048 words: eleven bits, each word as likely as any other.
      const drawn = createHmac('sha256', own).update(String(number)).digest().readUInt16BE(0) % wordlist.length
      return wordlist[drawn] ?? ''
    },
    hashSecret: (secret) => hash('sha256', secret, 'base64url'),
    newSecret: () => randomBytes(24).toString('base64url'),
  }
}
