import { invite } from '../../application/access/sign-in.ts'
import { importPeople } from '../../application/people/import-people.ts'
import type { Person } from '../../application/ports/people-store.ts'
import { saveTemplate } from '../../application/templates/save-template.ts'
import type { ImportResult } from '../../contract/people.ts'
import type { Actor } from '../../domain/access/role.ts'
import { SAMPLE_TEMPLATES, SAMPLE_TREE, writeSamplePeople } from './sample-organisation.ts'
import type { Service } from './start-service.ts'

const HOST: Actor = { kind: 'host' }
const DEVICE = 'Simulated phone'

/** Fills an empty demo with its organisation, gives everybody a simulated phone, and makes a sign-in link. */
export async function prepareDemo(service: Service): Promise<{ link: string; imported: ImportResult | null }> {
  const { deps } = service
  const { items } = await deps.store.people.list({ cursor: null, limit: 1 })
  const imported = items.length === 0 ? await fill(service) : null
  const people = await deps.store.people.all()
  await connectPhones(service, people)
  const lead = people.find((person) => person.externalId === 'P001')
  const { link } = await invite(deps, HOST, {
    name: lead?.name ?? 'Commander',
    role: 'commander',
    ...(lead ? { person: lead.id } : {}),
  })
  return { link: link.replace(deps.settings.publicUrl, service.url), imported }
}

async function fill({ deps }: Service): Promise<ImportResult> {
  const file = new TextEncoder().encode(writeSamplePeople())
  const imported = await importPeople(
    deps,
    HOST,
    { file, mode: 'apply', refused: 'reject_all', tree: SAMPLE_TREE },
    null,
  )
  for (const template of SAMPLE_TEMPLATES) await saveTemplate(deps, HOST, template, null, null)
  return imported
}

/** Every second person has the app on the phone. A simulated phone forgets its subscription when the demo restarts. */
async function connectPhones({ deps, simulator }: Service, people: readonly Person[]): Promise<void> {
  if (!simulator) return
  for (const person of people) {
    const number = person.contactPoints.find((point) => point.kind === 'sms' || point.kind === 'voice')?.address
    if (number === undefined) continue
    simulator.phones.add(number, { label: person.name })
    const known = person.contactPoints.find((point) => point.kind === 'push' && point.label === DEVICE)
    if (!known && Number(person.externalId?.slice(1)) % 2 === 0) continue
    const subscription = await simulator.phones.subscribe(number, deps.settings.vapidPublicKey ?? undefined)
    const { endpoint, keys } = subscription
    await deps.store.commit([
      deps.store.people.saveContactPoint(person.id, {
        id: known?.id ?? deps.newId(),
        kind: 'push',
        address: JSON.stringify({ endpoint, keys }),
        extension: null,
        label: DEVICE,
        position: 0,
        status: 'verified',
        marks: [],
        lastProofAt: known?.lastProofAt ?? null,
      }),
    ])
  }
}
