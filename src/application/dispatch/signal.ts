/** Wakes those who wait. */
export interface Signal {
  fire(): void
  /** From now on nobody waits any more. */
  end(): void
  /** Resolves with true at the next `fire`, with false once nothing more will come. */
  next(): Promise<boolean>
}

export function createSignal(): Signal {
  let ended = false
  let waiting: PromiseWithResolvers<boolean> | null = null
  const release = (more: boolean) => {
    waiting?.resolve(more)
    waiting = null
  }
  return {
    fire: () => release(true),
    end() {
      ended = true
      release(false)
    },
    next() {
      if (ended) return Promise.resolve(false)
      waiting ??= Promise.withResolvers<boolean>()
      return waiting.promise
    },
  }
}
