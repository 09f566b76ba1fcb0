import type { MessageParts } from '../../../src/domain/messages/message.ts'

/** A live alert to which a test adds what it is about. */
export function sampleMessage(change: Partial<MessageParts> = {}): MessageParts {
  return {
    attemptId: '0197f5d0-0000-7000-8000-000000000001.1',
    purpose: 'alert',
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
    ...change,
  }
}
