/** Time that jumps to what is awaited next whenever nothing else moves: hours pass in no time, and in order. */
export function createFlowingClock(startsAt: number) {
  let now = startsAt
  let timers: { at: number; run: () => void }[] = []
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  /** Nothing moves when nothing is asked over the network, for as many turns as a file or a promise may take. */
  const settle = async (isBusy: () => boolean) => {
    for (let quiet = 0; quiet < 40; quiet = isBusy() ? 0 : quiet + 1) await turn()
  }
  return {
    now: () => now,
    /** Sets it as an administrator or a time server does: what is awaited comes as long after as before. */
    jump(ms: number) {
      now += ms
      timers = timers.map(({ at, run }) => ({ at: at + ms, run }))
    },
    pause: (ms: number) => new Promise<void>((resolve) => timers.push({ at: now + ms, run: resolve })),
    /** Lets time flow until the work is done. */
    async flow<Result>(work: Promise<Result>, isBusy: () => boolean): Promise<Result> {
      let done = false
      const finish = () => {
        done = true
      }
      work.then(finish, finish)
      for (;;) {
        await settle(isBusy)
        if (done) return work
        timers.sort((one, other) => one.at - other.at)
        const next = timers.shift()
        if (!next) continue
        now = Math.max(now, next.at)
        next.run()
      }
    },
    /** Time in which nothing is asked of the service. */
    rest(until: number) {
      now = Math.max(now, until)
    },
  }
}
