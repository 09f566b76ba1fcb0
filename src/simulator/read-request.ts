import { ProviderError } from './provider-error.ts'

const E164 = /^\+[1-9]\d{6,14}$/

/** Whether the text is a number in E.164 form. */
export function isE164(text: string): boolean {
  return E164.test(text)
}

/** An absolute http(s) URL, or nothing when the parameter is absent. Throws `code` when it is there and is not one. */
export function readUrl(form: URLSearchParams, name: string, code: number): string | null {
  const value = form.get(name)
  if (value === null || value === '') return null
  if (!URL.canParse(value) || !/^https?:\/\//i.test(value)) throw new ProviderError(code, value)
  return value
}

/** GET or POST (the default). Throws 20001 for anything else. */
export function readMethod(form: URLSearchParams, name: string): 'GET' | 'POST' {
  const value = (form.get(name) ?? 'POST').toUpperCase()
  if (value !== 'GET' && value !== 'POST') throw new ProviderError(20001, name)
  return value
}

/** A whole number within bounds, or the default. Throws 20001 otherwise. */
export function readInteger(form: URLSearchParams, name: string, bounds: [min: number, max: number], absent: number) {
  const value = form.get(name)
  if (value === null || value === '') return absent
  const number = Number(value)
  if (!Number.isInteger(number) || number < bounds[0] || number > bounds[1]) throw new ProviderError(20001, name)
  return number
}
