import { type DeviceState, useDevice } from '../push/use-device.ts'
import { useSession } from '../state/session.ts'
import { texts } from '../texts.ts'
import { Absence } from './absence.tsx'
import { SignOut } from './sign-out.tsx'

const WORDS: Partial<Record<DeviceState, string>> = {
  on: texts.device.on,
  off: texts.device.off,
  busy: texts.device.busy,
  denied: texts.device.denied,
  unsupported: texts.device.unsupported,
  install: texts.device.install,
  'no-key': texts.device.noKey,
  failed: texts.device.failed,
}

/** Whether this device is alerted, who is signed in, and how to change both. */
export function DeviceCard() {
  const { session } = useSession()
  const device = useDevice(session.vapidPublicKey)
  const mayTurnOn = device.state === 'off' || device.state === 'failed'
  return (
    <section class="card device" aria-labelledby="device-title">
      <h2 id="device-title">{texts.home.account}</h2>
      <p role="status" data-testid="device-state" data-state={device.state}>
        {WORDS[device.state] ?? texts.app.loading}
      </p>
      {mayTurnOn && (
        <button type="button" class="button primary wide" onClick={device.turnOn}>
          {texts.device.turnOn}
        </button>
      )}
      <p class="quiet">
        {texts.home.signedInAs(session.account.name, texts.role[session.account.role] ?? session.account.role)}
      </p>
      <p>
        <a href="/api/v1/sender.vcf" download>
          {texts.device.card}
        </a>
      </p>
      {session.account.person !== null && (
        <>
          <Absence />
          <p>
            <a href="/words">{texts.words.link}</a>
          </p>
        </>
      )}
      <div class="device-actions">
        {device.state === 'on' && (
          <button type="button" class="button small" onClick={device.turnOff}>
            {texts.device.turnOff}
          </button>
        )}
        <SignOut />
      </div>
    </section>
  )
}
