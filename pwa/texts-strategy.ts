import { formatMoment, formatNumber } from './format.ts'
import { people } from './texts-people.ts'

/** The words for how an alert spreads, for the people whom somebody is to phone, and for absence. */
export const strategyTexts = {
  strategy: {
    title: 'Who is contacted when',
    broadcast: 'Broadcast: everybody is contacted at once.',
    cascade: (hold: string) => `Cascade: goes on below whoever answers, or after ${hold} of silence.`,
    relay: (hold: string, cardTime: string) =>
      `Relay: whoever answers phones the people below, within ${cardTime}. Whoever is not marked by then is contacted directly. Goes on without an answer after ${hold} of silence.`,
    quorum: (whom: string, wave: number, hold: string) =>
      `Quorum: contacts ${wave === 1 ? 'one person after the other' : `${formatNumber(wave)} people at a time`} until enough have accepted (${whom}). Counts on silent people for ${hold}.`,
    withDuty: (count: number, duty: string) => `${formatNumber(count)} with the duty ${duty}`,
    filled: (count: number) =>
      `Enough people have accepted (${formatNumber(count)}). Nobody else is contacted, unless one of them changes the answer.`,
    notFilled: (count: number, need: number) =>
      `${formatNumber(count)} of the ${formatNumber(need)} who are needed have accepted. Others are still asked.`,
    accepted: (count: number) => `${people(count)} accepted. Whether the duties are covered stands in the timeline.`,
    notYet: (count: number) =>
      count === 0
        ? 'Nobody waits for a turn.'
        : `${formatNumber(count)} of these are not contacted yet: they are away, or their turn has not come.`,
    waits: 'Not contacted yet',
  },
  card: {
    call: (count: number) => `Phone ${people(count)}`,
    title: 'People to phone',
    branch: (name: string) => `These are the people of ${name}.`,
    done: (done: number, all: number) => `${formatNumber(done)} of ${formatNumber(all)} done`,
    until: (when: string, left: string) =>
      `Until ${when} (${left} left). Whoever is not marked by then is contacted by Tocsin.`,
    about: (title: string, when: string) => `${title} · until ${when}`,
    over: {
      deadline: 'The time for these calls is over: whoever is not marked is contacted by Tocsin.',
      holder_declined: 'You declined, so these calls have passed on.',
      holder_removed: 'You are no longer part of this alert, so these calls have passed on.',
      all_settled: 'Nobody is left to phone. Thank you.',
    },
    late: 'What you still learn by phone counts: mark it.',
    noNumber: 'No phone number is stored. Tell the person in another way, or mark “No answer”.',
    callNumber: (number: string) => `Call ${number}`,
    outcome: (name: string) => `What came of calling ${name}`,
    reached: 'Reached:',
    notReached: 'Not reached:',
    open: 'Not marked yet',
    mark: { no_answer: 'No answer', wrong_number: 'Wrong number' },
    reachedOnly: 'Reached',
    isReached: (label: string) => `Reached: ${label}`,
    isAnswered: (label: string) => `Has answered: ${label}`,
    sending: 'Sending…',
    told: (name: string, state: string) => `${name}: ${state}.`,
    notTaken: (name: string, label: string) => `Not taken: “${label}” for ${name}.`,
    noNetwork: (name: string, label: string) =>
      `No network: “${label}” for ${name} is not recorded. It is tried again when the network is back, while this page stays open.`,
    repeat: 'Repeat it now',
    ended: 'The alert has ended: there is nobody to phone any more.',
  },
  board: {
    title: 'Who phones whom',
    none: 'Nobody is asked to phone anybody yet.',
    sum: (done: number, all: number) => `${formatNumber(done)} of ${people(all)} done`,
    line: (holder: string, count: number) => `${holder} phones ${people(count)}`,
    branch: (name: string) => `people of ${name}`,
    until: (when: string) => `until ${when}`,
    ended: {
      deadline: 'time over',
      holder_declined: 'declined, passed on',
      holder_removed: 'taken out, passed on',
      all_settled: 'all done',
    },
  },
  absence: {
    title: 'Absence',
    present: 'You are not away.',
    away: (iso: string, now: number) => `You are away until ${formatMoment(iso, now)}.`,
    meaning:
      'While you are away, your deputies stand in for you. Live alerts in which lives may be at risk still reach you.',
    until: (zone: string) => `Away until (${zone})`,
    set: 'Be away until then',
    clear: 'I am back',
    past: 'Choose a time that is still to come.',
    mark: (iso: string, now: number) => `away until ${formatMoment(iso, now)}`,
  },
}
