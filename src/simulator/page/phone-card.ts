import type { PhoneView } from '../phone.ts'

export interface PhoneCard {
  root: HTMLElement
  view: PhoneView
  update(view: PhoneView): void
}

/**
 * Draws one phone. This function's own source text is sent to the browser (see phones-script.ts), so it may use nothing
 * from outside itself.
 */
export function createPhoneCard(
  first: PhoneView,
  act: (number: string, name: string, body?: Record<string, string>) => void,
): PhoneCard {
  const { number } = first
  const make = <Name extends keyof HTMLElementTagNameMap>(name: Name, className = '', text = '') => {
    const element = document.createElement(name)
    if (className) element.className = className
    if (text) element.textContent = text
    return element
  }
  const button = (text: string, label: string, press: () => void, className = '') => {
    const element = make('button', className, text)
    element.type = 'button'
    if (label !== text) element.setAttribute('aria-label', label)
    element.addEventListener('click', press)
    return element
  }
  const group = (className: string, label: string, ...children: HTMLElement[]) => {
    const element = make('div', className)
    element.setAttribute('role', 'group')
    element.setAttribute('aria-label', label)
    element.append(...children)
    return element
  }

  const root = make('article', 'phone')
  const name = make('h3')
  name.id = `name-${number.slice(1)}`
  root.setAttribute('aria-labelledby', name.id)
  const numberLine = make('p', 'number')
  const tag = make('span', 'tag')
  const who = make('header', 'who')
  const names = make('div')
  names.append(name, numberLine)
  who.append(names, tag)

  const state = make('p', 'state')
  const subtitles = make('div', 'subtitles')
  subtitles.setAttribute('role', 'log')
  subtitles.setAttribute('aria-label', 'Spoken text')
  subtitles.tabIndex = 0
  const pressed = make('p', 'pressed')
  const keys = [...'123456789*0#'].map((key) => {
    const spoken = { '*': 'Star', '#': 'Hash' }[key] ?? key
    return button(key, spoken, () => act(number, 'key', { key }))
  })
  const keypad = group('keypad', 'Keypad', ...keys)
  const answer = button('Answer', 'Answer', () => act(number, 'answer'), 'go')
  const hangUp = button('Hang up', 'Hang up', () => act(number, 'hangup'), 'stop')
  const call = group('call', 'Call')
  call.append(state, subtitles, pressed, keypad, group('acts', 'Call control', answer, hangUp))

  const notes = make('div', 'notes')
  const thread = make('ol', 'thread')
  thread.setAttribute('aria-label', 'Messages')
  thread.tabIndex = 0

  const send = (text: string) => act(number, 'text', { body: text })
  const quick = ['1', '2', '3'].map((digit) => button(digit, `Reply ${digit}`, () => send(digit)))
  const ringBack = button('Ring back', 'Ring back', () => act(number, 'ring'))
  const form = make('form', 'reply')
  const input = make('input')
  input.type = 'text'
  input.maxLength = 1600
  input.autocomplete = 'off'
  input.placeholder = 'Text message'
  input.setAttribute('aria-label', 'Text message')
  const submit = make('button', 'primary', 'Send')
  submit.type = 'submit'
  form.append(input, submit)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (input.value.trim() !== '') send(input.value)
    input.value = ''
  })
  const acts = group('acts', 'Quick replies', ...quick, ringBack)
  root.append(who, call, notes, thread, acts, form)

  function drawNotes(view: PhoneView): void {
    notes.replaceChildren(
      ...view.notifications.map((notification) => {
        const note = group('note', `Notification: ${notification.title}`)
        const title = make('strong', '', notification.title)
        note.append(make('p', 'kind', 'Push notification'), title, make('p', '', notification.body))
        if (notification.pressed !== null) {
          const chosen = notification.actions.find(({ action }) => action === notification.pressed)
          note.append(make('p', 'kind', `Answered: ${chosen?.title ?? notification.pressed}`))
          return note
        }
        const buttons = notification.actions.map(({ action, title: text }) =>
          button(text, text, () => act(number, 'tap', { id: notification.id, action })),
        )
        if (buttons.length > 0) note.append(group('acts', 'Answers', ...buttons))
        return note
      }),
    )
  }

  function drawThread(view: PhoneView): void {
    thread.replaceChildren(
      ...view.texts.map((text) => {
        const item = make('li', text.direction === 'out' ? 'out' : '')
        const time = new Date(text.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
        const from = text.direction === 'out' ? `to ${text.peer}` : text.peer
        item.append(make('small', '', `${from} · ${time}`), text.text)
        return item
      }),
    )
    thread.scrollTop = thread.scrollHeight
  }

  const drawn = new Map<string, string>()
  /** Redraws a part only when what it shows has changed, so that focus and scrolling survive. */
  const refresh = (part: string, shown: unknown, draw: () => void) => {
    const key = JSON.stringify(shown)
    if (drawn.get(part) === key) return
    drawn.set(part, key)
    draw()
  }

  const card: PhoneCard = {
    root,
    view: first,
    update(view) {
      card.view = view
      root.dataset.state = view.state
      name.textContent = view.label
      numberLine.textContent = view.number
      numberLine.hidden = view.label === view.number
      tag.textContent = view.behaviour === 'normal' ? (view.hasPush ? 'with app' : 'phone') : view.behaviour
      tag.classList.toggle('odd', view.behaviour !== 'normal')
      call.hidden = view.state === 'idle'
      const words = { idle: '', ringing: 'Ringing:', calling: 'Calling', talking: 'In a call with' }
      state.textContent = `${words[view.state]} ${view.peer ?? ''}`
      answer.hidden = view.state !== 'ringing'
      hangUp.textContent = view.state === 'ringing' ? 'Decline' : 'Hang up'
      keypad.hidden = view.state !== 'talking'
      pressed.hidden = view.keys === ''
      pressed.textContent = `Pressed: ${view.keys}`
      subtitles.hidden = view.subtitles.length === 0
      refresh('subtitles', view.subtitles, () => {
        subtitles.replaceChildren(...view.subtitles.map((line) => make('p', '', line)))
        subtitles.scrollTop = subtitles.scrollHeight
      })
      refresh('notes', view.notifications, () => drawNotes(view))
      refresh('thread', view.texts, () => drawThread(view))
      thread.hidden = view.texts.length === 0
      for (const digit of quick) digit.hidden = view.texts.length === 0
      ringBack.hidden = !view.canRingBack
      ringBack.disabled = view.state !== 'idle'
      acts.hidden = view.texts.length === 0 && !view.canRingBack
    },
  }
  card.update(first)
  return card
}
