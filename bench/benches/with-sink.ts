import { type Sink, startSink } from '../sink/start-sink.ts'

/** Runs with a provider to send to, which ends with it. */
export async function withSink(run: (sink: Sink) => Promise<void>): Promise<void> {
  const sink = await startSink()
  try {
    await run(sink)
  } finally {
    sink.stop()
  }
}
