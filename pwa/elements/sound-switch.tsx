import { useEffect, useRef, useState } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

interface SoundSwitchProps {
  /** How many people need help. */
  help: number
  /** How many answers a person has to read. */
  unclear: number
}

/**
 * Sounds when more people need help or more answers must be read; can be silenced, until the next one needs help. Browsers
 * play nothing on a page that nobody has touched yet: then it says so, and any press turns the sound on.
 */
export function SoundSwitch({ help, unclear }: SoundSwitchProps) {
  const [on, setOn] = useState(true)
  const { context, blocked } = useAudio()
  const before = useRef({ help, unclear })
  useEffect(() => {
    const last = before.current
    before.current = { help, unclear }
    if (help > last.help) setOn(true)
    if (context && (help > last.help || (unclear > last.unclear && on))) chime(context)
  }, [help, unclear, on, context])
  if (blocked && on)
    return (
      <div>
        <button type="button" class="button small" data-testid="sound" onClick={() => context?.resume()}>
          <Icon name="mute" />
          {texts.board.soundTurnOn}
        </button>
        <p class="quiet">{texts.board.soundBlocked}</p>
      </div>
    )
  return (
    <button
      type="button"
      class="button small quiet-button"
      data-testid="sound"
      aria-pressed={on}
      onClick={() => setOn(!on)}
    >
      <Icon name={on ? 'sound' : 'mute'} />
      {on ? texts.board.soundOn : texts.board.soundOff}
    </button>
  )
}

/** Where sounds are played, and whether the browser still keeps them back. */
function useAudio(): { context: AudioContext | null; blocked: boolean } {
  const [context, setContext] = useState<AudioContext | null>(null)
  const [blocked, setBlocked] = useState(false)
  useEffect(() => {
    const made = new AudioContext()
    const look = () => setBlocked(made.state === 'suspended')
    const touch = () => void made.resume()
    made.addEventListener('statechange', look)
    for (const kind of TOUCHES) document.addEventListener(kind, touch)
    look()
    setContext(made)
    return () => {
      for (const kind of TOUCHES) document.removeEventListener(kind, touch)
      made.removeEventListener('statechange', look)
      void made.close()
    }
  }, [])
  return { context, blocked }
}

/** What browsers take for the wish of a person. */
const TOUCHES = ['pointerup', 'keydown'] as const

/** Two short strokes of a bell. */
function chime(context: AudioContext): void {
  for (const [offset, pitch] of [[0, 880] as const, [0.22, 660] as const]) {
    const start = context.currentTime + offset
    const tone = new OscillatorNode(context, { frequency: pitch, type: 'sine' })
    const loudness = new GainNode(context, { gain: 0 })
    loudness.gain.linearRampToValueAtTime(0.25, start + 0.01)
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.5)
    tone.connect(loudness).connect(context.destination)
    tone.start(start)
    tone.stop(start + 0.6)
  }
}
