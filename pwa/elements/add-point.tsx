import { useState } from 'preact/hooks'
import type { PersonDetail } from '../../src/contract/people.ts'
import { upkeep } from '../api/upkeep.ts'
import { useAction } from '../state/use-action.ts'
import { personTexts } from '../texts-person.ts'
import { ProblemNote } from './problem-note.tsx'

const words = personTexts.add

type Typed = 'sms' | 'voice' | 'email' | 'webhook'
const TYPED: readonly string[] = ['sms', 'voice', 'email', 'webhook']
const KINDS = { mobile: ['sms', 'voice'], landline: ['voice'], email: ['email'] } as const

/** A number or mail address more for somebody; those who are there keep their proofs. */
export function AddPoint({ person, onAdded }: { person: PersonDetail; onAdded(): void }) {
  const [kind, setKind] = useState<keyof typeof KINDS>('mobile')
  const [address, setAddress] = useState('')
  const [done, setDone] = useState(false)
  const action = useAction()
  const add = async (event: Event) => {
    event.preventDefault()
    const added = KINDS[kind].map((channel) => ({ kind: channel, address: address.trim() }))
    const worked = await action.run(async () => {
      await upkeep.changePerson(person.id, person.version, { contactPoints: [...present(person), ...added] })
    })
    setDone(worked)
    if (!worked) return
    setAddress('')
    onAdded()
  }
  return (
    <form class="add-point" aria-labelledby="add-title" onSubmit={(event) => void add(event)} data-testid="add-point">
      <h3 id="add-title">{words.title}</h3>
      <label class="field">
        <span>{words.kind}</span>
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as keyof typeof KINDS)}>
          {Object.entries(words.kinds).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{words.address}</span>
        <input
          type="text"
          required
          maxLength={320}
          autocomplete="off"
          value={address}
          onInput={(event) => {
            setAddress(event.currentTarget.value)
            setDone(false)
          }}
        />
        <small>{words.hint}</small>
      </label>
      <ProblemNote problem={action.problem} />
      <p role="status">{done && words.done}</p>
      <button type="submit" class="button small" disabled={action.busy}>
        {words.button}
      </button>
    </form>
  )
}

/** What a keeper could have typed, as it would be typed. */
function present({ contactPoints }: PersonDetail): { kind: Typed; address: string }[] {
  return contactPoints.flatMap(({ kind, address, extension }) =>
    TYPED.includes(kind)
      ? { kind: kind as Typed, address: extension === undefined ? address : `${address} ext. ${extension}` }
      : [],
  )
}
