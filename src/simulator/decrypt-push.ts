import type { PushKeys } from './phone.ts'

const encoder = new TextEncoder()

/** Unpadded base64url, as push subscriptions and JWTs use it. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** Bytes of base64url text. Throws when it is not. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

function joined(...parts: (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? encoder.encode(part) : part)]))
}

async function hkdf(
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  length: number,
) {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8))
}

/** Makes the key pair and secret of a new subscription (RFC 8291, section 2). */
export async function createPushKeys(endpointId: string, applicationServerKey: string | null): Promise<PushKeys> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const auth = crypto.getRandomValues(new Uint8Array(16))
  return { endpointId, publicKey, privateKey: pair.privateKey, auth, applicationServerKey, ended: null }
}

/**
 * Decrypts a message body in the aes128gcm coding (RFC 8188) under a subscription's keys (RFC 8291, section 3.4).
 * Throws when it was not made for this subscription or has been changed.
 */
export async function decryptPush(keys: PushKeys, body: Uint8Array<ArrayBuffer>): Promise<string> {
  const salt = body.slice(0, 16)
  const recordSize = new DataView(body.buffer, body.byteOffset).getUint32(16)
  const senderLength = body[20] ?? 0
  const sender = body.slice(21, 21 + senderLength)
  const record = body.slice(21 + senderLength)
  if (senderLength !== 65 || record.length > recordSize) throw new Error('the body is not one aes128gcm record')
  const senderKey = await crypto.subtle.importKey('raw', sender, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: senderKey }, keys.privateKey, 256)
  const secret = await hkdf(new Uint8Array(shared), keys.auth, joined('WebPush: info\0', keys.publicKey, sender), 32)
  const contentKey = await hkdf(secret, salt, joined('Content-Encoding: aes128gcm\0'), 16)
  const nonce = await hkdf(secret, salt, joined('Content-Encoding: nonce\0'), 12)
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['decrypt'])
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, record))
  const end = plain.findLastIndex((byte) => byte !== 0)
  if (plain[end] !== 2) throw new Error('the last record does not end with its delimiter')
  return new TextDecoder('utf-8', { fatal: true }).decode(plain.slice(0, end))
}
