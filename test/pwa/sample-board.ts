import type { BoardRecipient } from '../../pwa/state/board-state.ts'
import type { AlertView, BoardEvent } from '../../src/contract/alerts.ts'

/** A running alert with 3 answers, of which "help" needs help. */
export function sampleAlert(changes: Partial<AlertView> = {}): AlertView {
  return {
    id: 'alert-1',
    kind: 'live',
    state: 'open',
    code: '4821',
    title: 'Leave the building',
    body: 'Use the stairs.',
    severity: 'extreme',
    template: { id: 'template-1', name: 'Evacuate' },
    trees: [{ id: 'tree-1', name: 'Everyone', version: 1 }],
    plan: [{ after: 'PT0S', channels: ['sms'] }],
    responseOptions: [
      { digit: '1', code: 'safe', label: 'I am safe', accepts: true, needsHelp: false },
      { digit: '2', code: 'help', label: 'I need help', accepts: false, needsHelp: true },
      { digit: '3', code: 'away', label: 'Not on site', accepts: true, needsHelp: false },
    ],
    strategy: 'broadcast',
    audience: 3,
    waiting: 0,
    raisedAt: '2026-11-25T03:00:00.000Z',
    raisedBy: 'Grace Novak',
    endsAt: '2026-11-25T15:00:00.000Z',
    closedAt: null,
    added: {
      people: 0,
      counts: { planned: 0, accepted: 0, delivered: 0, heard: 0, acknowledged: 0 },
      unreachable: 0,
      responses: {},
    },
    endsSoon: false,
    lifetime: 'PT4H',
    endRemark: null,
    messageType: 'Alert',
    updates: [],
    counts: { planned: 3, accepted: 0, delivered: 0, heard: 0, acknowledged: 0 },
    unreachable: 0,
    responses: {},
    unclear: 0,
    ...changes,
  }
}

export function sampleRecipient(id: string, changes: Partial<BoardRecipient> = {}): BoardRecipient {
  const changedAt = changes.changedAt ?? '2026-11-25T03:00:00.000Z'
  return {
    ...{ id, person: `person-${id}`, name: `Person ${id}`, rung: 'planned' },
    ...{ changedAt, rungSince: changedAt, deliveries: [] },
    ...changes,
  }
}

export function sampleEvent(changes: Partial<BoardEvent> = {}): BoardEvent {
  return { alert: sampleAlert(), recipients: [], timeline: [], unclear: [], at: '2026-11-25T03:01:00.000Z', ...changes }
}
