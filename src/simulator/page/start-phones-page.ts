import type { Faults } from '../faults.ts'
import type { PhoneView } from '../phone.ts'
import type { PhoneCard } from './phone-card.ts'

interface PageState {
  phones: PhoneView[]
  notShown?: number
  crowd: number | null
  faults: Faults
}

type CreateCard = (
  view: PhoneView,
  act: (number: string, name: string, body?: Record<string, string>) => void,
) => PhoneCard

/**
 * Runs the page. This function's own source text is sent to the browser (see phones-script.ts), so it may use nothing
 * from outside itself.
 */
export function startPhonesPage(createCard: CreateCard): void {
  const cards = new Map<string, PhoneCard>()
  const pending = new Map<string, PhoneView>()
  let notShown = 0
  let scheduled = false

  const find = <Element extends HTMLElement>(id: string, type: new () => Element): Element => {
    const element = document.getElementById(id)
    if (!(element instanceof type)) throw new Error(`The page has no ${id}`)
    return element
  }
  const grid = find('grid', HTMLElement)
  const search = find('search', HTMLInputElement)
  const filter = find('filter', HTMLSelectElement)
  const problem = find('problem', HTMLElement)
  const connection = find('connection', HTMLElement)
  const seed = find('seed', HTMLInputElement)
  const start = find('crowd-start', HTMLButtonElement)
  const stop = find('crowd-stop', HTMLButtonElement)
  const inputs = [...document.querySelectorAll<HTMLInputElement>('[data-fault]')]

  let problemTimer = 0
  function tell(sentence: string): void {
    problem.textContent = sentence
    problem.hidden = false
    clearTimeout(problemTimer)
    problemTimer = window.setTimeout(() => {
      problem.hidden = true
    }, 5000)
  }

  async function post(path: string, body: unknown): Promise<void> {
    const headers = { 'Content-Type': 'application/json' }
    try {
      const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
      if (response.ok) return
      const { error }: { error?: string } = await response.json()
      tell(error ?? `The carrier answered ${response.status}.`)
    } catch {
      tell('The simulated carrier cannot be reached.')
    }
  }
  const act = (number: string, name: string, body: Record<string, string> = {}) =>
    void post(`/phones/${encodeURIComponent(number)}/${name}`, body)

  function isWaiting({ texts, notifications, state }: PhoneView): boolean {
    const unanswered = notifications.some(({ pressed, actions }) => pressed === null && actions.length > 0)
    return state === 'ringing' || texts.at(-1)?.direction === 'in' || unanswered
  }

  function isShown(view: PhoneView): boolean {
    const wanted = search.value.trim().toLowerCase()
    const digits = wanted.replace(/[^\d]/g, '')
    const byNumber = digits !== '' && /^[\d\s+()-]+$/.test(wanted) && view.number.includes(digits)
    if (wanted !== '' && !byNumber && !view.label.toLowerCase().includes(wanted)) return false
    if (filter.value === 'ringing') return view.state !== 'idle'
    if (filter.value === 'messages') return view.texts.length + view.notifications.length > 0
    return filter.value !== 'waiting' || isWaiting(view)
  }

  function applyFilter(): void {
    let shown = 0
    for (const card of cards.values()) {
      // A phone someone is typing on stays, whatever the filter says.
      const visible = isShown(card.view) || card.root.contains(document.activeElement)
      card.root.hidden = !visible
      if (visible) shown += 1
    }
    const more = notShown > 0 ? `, ${notShown} more not drawn` : ''
    find('count', HTMLElement).textContent = `${shown} of ${cards.size} phones${more}`
    find('empty', HTMLElement).hidden = shown > 0
  }

  function draw(): void {
    scheduled = false
    const added = document.createDocumentFragment()
    for (const [number, view] of pending) {
      const card = cards.get(number)
      if (card) card.update(view)
      else if (cards.size < 500) {
        const created = createCard(view, act)
        cards.set(number, created)
        added.append(created.root)
      }
    }
    pending.clear()
    grid.append(added)
    applyFilter()
  }

  function receive(state: PageState): void {
    for (const view of state.phones) pending.set(view.number, view)
    notShown = state.notShown ?? notShown
    const on = state.crowd !== null
    stop.hidden = !on
    start.textContent = on ? 'Start again' : 'Let the crowd answer'
    find('crowd-state', HTMLElement).textContent = on
      ? `The crowd answers by itself, with seed ${state.crowd}.`
      : 'The crowd is off: phones wait for you.'
    showFaults(state.faults)
    if (scheduled) return
    scheduled = true
    requestAnimationFrame(draw)
  }

  function showFaults(faults: Faults): void {
    const values = new Map<string, unknown>(Object.entries(faults))
    for (const input of inputs) {
      if (input === document.activeElement && input.type !== 'checkbox') continue
      const value = values.get(input.dataset.fault ?? '')
      if (input.type === 'checkbox') input.checked = value === true
      else input.value = String(value ?? '')
    }
    const count = [...values.values()].filter(
      (value) => value === true || (typeof value === 'number' && value > 0),
    ).length
    const badge = find('fault-count', HTMLElement)
    badge.hidden = count === 0
    badge.textContent = count === 1 ? '1 fault on' : `${count} faults on`
  }

  for (const input of inputs)
    input.addEventListener('change', () => {
      const value =
        input.type === 'checkbox' ? input.checked : input.type === 'number' ? Number(input.value) : input.value
      void post('/phones/faults', { [input.dataset.fault ?? '']: value })
    })
  find('crowd', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void post('/phones/crowd', { seed: Number(seed.value) })
  })
  stop.addEventListener('click', () => void post('/phones/crowd', { seed: null }))
  search.addEventListener('input', applyFilter)
  filter.addEventListener('change', applyFilter)

  const events = new EventSource('/phones/events')
  const read = (event: MessageEvent<string>) => receive(JSON.parse(event.data))
  events.addEventListener('state', read)
  events.addEventListener('changed', read)
  const online = (yes: boolean) => {
    connection.textContent = yes ? 'Live' : 'Connection lost. Trying again…'
    connection.classList.toggle('offline', !yes)
  }
  events.addEventListener('open', () => online(true))
  events.addEventListener('error', () => online(false))
}
