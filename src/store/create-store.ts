import type { Store } from '../application/ports/store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { createAccessStore } from './access-store.ts'
import { createAlertStore } from './alert-store.ts'
import { createAnswerStore } from './answer-store.ts'
import { createCardStore } from './card-store.ts'
import { createCarrierFigures } from './carrier-figures.ts'
import { createCheckStore } from './check-store.ts'
import type { Database } from './database.ts'
import { createDirectoryStore } from './directory-store.ts'
import { createOutboxStore } from './outbox-store.ts'
import { createOverviewStore } from './overview-store.ts'
import { createPeopleStore } from './people-store.ts'
import { createReachStore } from './reach-store.ts'
import { createRecordStore } from './record-store.ts'
import { createSpendingStore } from './spending-store.ts'
import { createStrategyStore } from './strategy-store.ts'
import { createTemplateStore } from './template-store.ts'
import { createTreeStore } from './tree-store.ts'

/** The one implementation of the store, over either database. */
export function createStore(database: Database, vault: Vault): Store {
  return {
    commit: database.commit,
    people: createPeopleStore(database, vault),
    trees: createTreeStore(database),
    templates: createTemplateStore(database),
    alerts: createAlertStore(database, vault),
    strategies: createStrategyStore(database, vault),
    cards: createCardStore(database),
    outbox: createOutboxStore(database, vault),
    answers: createAnswerStore(database, vault),
    access: createAccessStore(database),
    records: createRecordStore(database),
    overview: createOverviewStore(database),
    reach: createReachStore(database),
    checks: createCheckStore(database, vault),
    spending: createSpendingStore(database),
    figures: createCarrierFigures(database),
    directory: createDirectoryStore(database, vault),
  }
}
