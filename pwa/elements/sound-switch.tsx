import { useEffect, useRef, useState } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

/** Sounds when more people need help or more answers must be read; can be silenced. */
export function SoundSwitch({ count }: { count: number }) {
  const [on, setOn] = useState(true)
  const before = useRef(count)
  const context = useRef<AudioContext | null>(null)
  useEffect(() => {
    if (count > before.current && on) {
      context.current ??= new AudioContext()
      chime(context.current)
    }
    before.current = count
  }, [count, on])
  useEffect(() => () => void context.current?.close(), [])
  return (
    <button type="button" class="button small quiet-button" aria-pressed={on} onClick={() => setOn(!on)}>
      <Icon name={on ? 'sound' : 'mute'} />
      {on ? texts.board.soundOn : texts.board.soundOff}
    </button>
  )
}

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
