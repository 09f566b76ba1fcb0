/**
 * Whether what somebody presents is the secret. How long this takes says nothing about the secret but its length, so
 * that it cannot be guessed one character after the other.
 */
export function isSameSecret(presented: string, secret: string): boolean {
  let difference = presented.length ^ secret.length
  for (let at = 0; at < secret.length; at++) difference |= presented.charCodeAt(at) ^ secret.charCodeAt(at)
  return difference === 0
}
