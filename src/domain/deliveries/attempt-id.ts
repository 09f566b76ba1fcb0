/** Reads `delivery.number`, the name of an attempt in callbacks; null when it is not one. */
export function parseAttemptId(id: string): { deliveryId: string; number: number } | null {
  const match = /^([0-9a-f-]{36})\.([1-9]\d{0,4})$/.exec(id)
  return match?.[1] === undefined ? null : { deliveryId: match[1], number: Number(match[2]) }
}
