import { runDispatch } from './dispatch.ts'
import { runStart } from './start.ts'

const BENCHES: Record<string, () => Promise<void>> = { dispatch: runDispatch, start: runStart }

const [name] = process.argv.slice(2)
const chosen = name === undefined ? Object.keys(BENCHES) : [name]
for (const bench of chosen) {
  const run = BENCHES[bench]
  if (!run) {
    console.error(`There is no bench "${bench}". There are: ${Object.keys(BENCHES).join(', ')}.`)
    process.exit(2)
  }
  await run()
}
