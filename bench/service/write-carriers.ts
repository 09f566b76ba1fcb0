import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SinkCarrier {
  name: string
  /** The last digit of its account. */
  account: number
  url: string
  smsPerSecond?: number
}

export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef'

export function accountOf(number: number): string {
  return `AC${String(number).padStart(32, '0')}`
}

export function writeCarriers(folder: string, carriers: readonly SinkCarrier[]): void {
  const entries = carriers.map(({ name, account, url, smsPerSecond }) => ({
    name,
    kind: 'twilio',
    channels: ['sms'],
    accountSid: accountOf(account),
    authToken: AUTH_TOKEN,
    from: '+12025550100',
    apiBaseUrl: url,
    ...(smsPerSecond === undefined ? {} : { smsPerSecond }),
  }))
  writeFileSync(join(folder, 'carriers.json'), JSON.stringify({ carriers: entries }))
}
