import type { AccessStore } from './access-store.ts'
import type { AlertStore } from './alert-store.ts'
import type { AnswerStore } from './answer-store.ts'
import type { CardStore } from './card-store.ts'
import type { CarrierFigures } from './carrier-figures.ts'
import type { CheckStore } from './check-store.ts'
import type { DirectoryStore } from './directory-store.ts'
import type { OutboxStore } from './outbox-store.ts'
import type { OverviewStore } from './overview-store.ts'
import type { PeopleStore } from './people-store.ts'
import type { ReachStore } from './reach-store.ts'
import type { RecordStore } from './record-store.ts'
import type { SpendingStore } from './spending-store.ts'
import type { Commit } from './statement.ts'
import type { StrategyStore } from './strategy-store.ts'
import type { TemplateStore } from './template-store.ts'
import type { TreeStore } from './tree-store.ts'

/** Everything that lasts. Methods that write give statements; `commit` carries out a list of them, all or none. */
export interface Store {
  commit: Commit
  people: PeopleStore
  trees: TreeStore
  templates: TemplateStore
  alerts: AlertStore
  strategies: StrategyStore
  cards: CardStore
  outbox: OutboxStore
  answers: AnswerStore
  access: AccessStore
  records: RecordStore
  overview: OverviewStore
  reach: ReachStore
  checks: CheckStore
  spending: SpendingStore
  figures: CarrierFigures
  directory: DirectoryStore
}
