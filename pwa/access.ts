import type { SessionView } from '../src/contract/access.ts'

type Role = SessionView['account']['role']

/** Whether the raising screens are offered; the service decides. */
export function mayRaise(role: Role): boolean {
  return role === 'commander'
}

/** Whether boards, people, trees and templates are offered: a responder sees only alerts of their own. */
export function seesOthers(role: Role): boolean {
  return role !== 'responder'
}

/** Whether importing and changing people and trees, and asking people whether they are reached, is offered. */
export function mayKeep(role: Role): boolean {
  return role === 'administrator' || role === 'commander'
}

/** Whether deciding about what a directory proposed is offered. */
export function mayDecideRemovals(role: Role): boolean {
  return role === 'administrator'
}
