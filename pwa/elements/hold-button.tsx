import { useEffect, useRef, useState } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Dialog } from './dialog.tsx'

const HOLD = 1000

interface Props {
  label: string
  confirmTitle: string
  confirmBody: string
  disabled: boolean
  onHeld(): void
}

/** A button that acts only after being held for a second, by finger, mouse or key; or after a question, for hands that cannot hold. */
export function HoldButton({ label, confirmTitle, confirmBody, disabled, onHeld }: Props) {
  const [holding, setHolding] = useState(false)
  const [released, setReleased] = useState(false)
  const [asking, setAsking] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const start = () => {
    if (disabled || timer.current !== undefined) return
    setHolding(true)
    timer.current = setTimeout(() => {
      end(false)
      onHeld()
    }, HOLD)
  }
  const end = (early: boolean) => {
    if (timer.current === undefined) return
    clearTimeout(timer.current)
    timer.current = undefined
    setHolding(false)
    setReleased(early)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const isHoldKey = (event: KeyboardEvent) => event.key === 'Enter' || event.key === ' '

  return (
    <div class="hold">
      <p class="hold-hint" aria-live="polite">
        {released ? texts.raise.holdMore : texts.raise.hold}{' '}
        <button type="button" class="link" disabled={disabled} onClick={() => setAsking(true)}>
          {texts.raise.twoSteps}
        </button>
      </p>
      <button
        type="button"
        class={holding ? 'button primary live hold-button holding' : 'button primary live hold-button'}
        disabled={disabled}
        data-testid="raise"
        onPointerDown={(event) => event.button === 0 && start()}
        onPointerUp={() => end(true)}
        onPointerLeave={() => end(true)}
        onPointerCancel={() => end(true)}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isHoldKey(event)) return
          event.preventDefault()
          if (!event.repeat) start()
        }}
        onKeyUp={(event) => isHoldKey(event) && end(true)}
        onBlur={() => end(true)}
      >
        <span>{label}</span>
      </button>
      {asking && (
        <Dialog title={confirmTitle} onClose={() => setAsking(false)}>
          <p>{confirmBody}</p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {texts.app.cancel}
            </button>
            <button
              type="button"
              class="button primary live"
              onClick={() => {
                setAsking(false)
                onHeld()
              }}
            >
              {label}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  )
}
