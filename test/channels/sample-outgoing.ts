import type { OutgoingMessage } from '../../src/application/ports/carrier.ts'

/** A live alert on its way to one contact point, to which a test adds what it is about. */
export function sampleOutgoing(change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    attemptId: '0197f5d0-0000-7000-8000-000000000001.1',
    channel: 'sms',
    purpose: 'alert',
    address: '+447700900123',
    extension: null,
    language: 'en',
    organisation: 'Northwind',
    kind: 'live',
    code: '4821',
    title: 'Evacuate building A',
    body: 'Leave by gate 2.',
    responses: [
      { digit: '1', code: 'safe', label: 'I am safe' },
      { digit: '2', code: 'help', label: 'I need help' },
    ],
    link: 'https://alerts.example.org/a/Zm9yLW5vYm9keS1lbHNl',
    word: null,
    raisedAt: Date.UTC(2027, 2, 1, 14, 5),
    endsAt: Date.UTC(2027, 2, 1, 18, 5),
    remark: '',
    lifetime: 43_200,
    ...change,
  }
}
