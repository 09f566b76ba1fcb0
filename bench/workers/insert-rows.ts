import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { serveWork } from './serve-work.ts'

/** The least that freezing a tree durably could be: one statement that copies so many rows, in one synced commit. */
const ROWS = Number(process.env.NODES)
const database = new BetterSqlite(join(process.env.FOLDER ?? '', 'rows.db'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.pragma('cache_size = -64000')
database.exec(`
  create table nodes (person text primary key, parent text);
  create table frozen (alert text, person text, parent text, primary key (alert, person)) without rowid;
  with recursive counted (i) as (select 0 union all select i + 1 from counted where i + 1 < ${ROWS})
    insert into nodes select printf('person %08d', i), printf('person %08d', (i - 1) / 5) from counted;
  pragma wal_checkpoint(truncate);
`)
await serveWork(async () => {
  database.exec("insert into frozen select 'alert', person, parent from nodes")
  const { rows } = database.prepare<[], { rows: number }>('select count(*) as rows from frozen').get() ?? { rows: 0 }
  database.close()
  return { rows }
})
