/** The other side of `startWorker`: says that it is ready, waits for its go, and tells the work's figures. */
export async function serveWork(work: () => Promise<Record<string, number>>): Promise<void> {
  process.on('disconnect', () => process.exit(0))
  const told = new Promise((resolve) => process.once('message', resolve))
  process.send?.({})
  await told
  process.send?.(await work())
}
