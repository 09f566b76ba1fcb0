import { sql } from 'drizzle-orm'
import type { StrategyStore } from '../application/ports/strategy-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { CardMark, IssuedCard } from '../domain/strategies/contact-facts.ts'
import type { Because, Pass } from '../domain/strategies/decision.ts'
import type { Strategy } from '../domain/templates/template.ts'
import type { TreeNode } from '../domain/trees/tree.ts'
import { type Database, inJsonChunks, rowsOf } from './database.ts'
import { recordDecision } from './record-decision.ts'

export function createStrategyStore(database: Database, vault: Vault): StrategyStore {
  return {
    async hasAbsentOrDeputies(trees, now) {
      const [row] = await rowsOf(
        database,
        sql`select 1 from json_each(${JSON.stringify(trees)}) as t where exists (
            select 1 from tree_nodes where tree_id = t.value->>'id' and version = t.value->>'version' and deputies <> '[]')
          or exists (select 1 from people p join tree_nodes n on n.person_id = p.id
            where p.away_until > ${now} and n.tree_id = t.value->>'id' and n.version = t.value->>'version') limit 1`,
      )
      return row !== undefined
    },
    async due(now) {
      const rows = await rowsOf(
        database,
        sql`select id, stirred, decided, expanded_to, manifest->>'$.template.strategy' as strategy from alerts
          where decide_at is not null and decide_at <= ${now} and state = 'open' order by kind = 'drill', id`,
      )
      return rows.map((row) => ({
        alertId: String(row.id),
        stirred: Number(row.stirred),
        decided: Number(row.decided),
        strategy: row.strategy as Strategy,
        expandedTo: toNumber(row.expanded_to),
      }))
    },
    async frozenTrees(alert) {
      const trees = alert.manifest.trees.map(async ({ id, version }) => {
        const rows = await rowsOf(
          database,
          sql`select person_id, parent_id, deputies from tree_nodes
            where tree_id = ${id} and version = ${version} order by position`,
        )
        return { id, nodes: rows.map(toNode) }
      })
      return Promise.all(trees)
    },
    async facts(alertId, since) {
      const rows = await rowsOf(
        database,
        sql`select person_id, changed_at, coalesce(started_at, next_at) as started_at, not_needed_at, needed_again_at,
            added_at is not null as joined, because, rung, iif(unreachable is null, null, changed_at) as exhausted_at,
            case when acknowledged_at is not null then (select json_object('at', at, 'response', response) from answers
              where recipient_id = r.id and late = 0 order by at, received_at, rowid limit 1) end as first,
            case when acknowledged_at is not null then (select json_object('at', at, 'response', response) from answers
              where recipient_id = r.id and late = 0 order by at desc, received_at desc, rowid desc limit 1) end as latest
          from recipients r where alert_id = ${alertId} and informed = 0 and changed_at >= ${since} order by changed_at, id`,
      )
      return rows.map((row) => ({
        person: String(row.person_id),
        changedAt: Number(row.changed_at),
        startedAt: toNumber(row.started_at),
        firstAnswer: toAnswer(row.first),
        latestAnswer: toAnswer(row.latest),
        exhaustedAt: toNumber(row.exhausted_at),
        notNeededAt: toNumber(row.not_needed_at),
        neededAgainAt: toNumber(row.needed_again_at),
        because: row.because === null ? null : (JSON.parse(String(row.because)) as Because),
        mayHaveIt: Number(row.rung) > 0,
        joined: row.joined === 1,
      }))
    },
    async states(people) {
      const chunks = inJsonChunks(people).map((json) =>
        rowsOf(
          database,
          sql`select p.id, duty, removed_at from json_each(${json}) as v join people p on p.id = v.value
            where p.duty is not null or p.removed_at is not null`,
        ),
      )
      return (await Promise.all(chunks)).flat().map((row) => ({
        person: String(row.id),
        duty: row.duty === null ? null : String(row.duty),
        removedAt: toNumber(row.removed_at),
      }))
    },
    async absences(alert) {
      const rows = await rowsOf(
        database,
        sql`select id, removed_at, away_until from people where removed_at > ${alert.raisedAt}
          union select id, removed_at, away_until from people where away_until > ${alert.raisedAt}`,
      )
      return rows.map((row) => ({
        person: String(row.id),
        removedAt: toNumber(row.removed_at),
        awayUntil: toNumber(row.away_until),
      }))
    },
    async cards(alertId) {
      const rows = await rowsOf(
        database,
        sql`select c.id, c.tree, c.branch, c.holder, c.deadline, c.ended_at,
            (select json_group_array(json_object('person', p.person_id, 'mark', p.mark, 'at', p.marked_at) order by p.position)
              from card_people p where p.card_id = c.id) as people
          from cards c where c.alert_id = ${alertId} order by c.rowid`,
      )
      return rows.map(toCard)
    },
    async passes(alertId) {
      const rows = await rowsOf(
        database,
        sql`select tree, branch, from_person as "from", to_person as "to", as_what as "as", why, at
          from branch_passes where alert_id = ${alertId} order by rowid`,
      )
      return rows as unknown as Pass[]
    },
    record: (alert, decision, now) => recordDecision(vault, alert, decision, now),
  }
}

function toNumber(value: unknown): number | null {
  return value === null ? null : Number(value)
}

function toNode(row: Record<string, unknown>): TreeNode {
  const node = { person: String(row.person_id), deputies: JSON.parse(String(row.deputies)) as string[] }
  return row.parent_id === null ? node : { ...node, parent: String(row.parent_id) }
}

function toAnswer(json: unknown): { at: number; response: string } | null {
  return json === null ? null : (JSON.parse(String(json)) as { at: number; response: string })
}

function toCard(row: Record<string, unknown>): IssuedCard {
  const people = JSON.parse(String(row.people)) as { person: string; mark: CardMark | null; at: number }[]
  const marked = people.flatMap(({ person, mark, at }) => (mark === null ? [] : [[person, { mark, at }] as const]))
  return {
    id: String(row.id),
    tree: String(row.tree),
    branch: String(row.branch),
    holder: String(row.holder),
    people: people.map(({ person }) => person),
    deadline: Number(row.deadline),
    marks: new Map(marked),
    endedAt: toNumber(row.ended_at),
  }
}
