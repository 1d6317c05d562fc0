import type { Sent } from './watch.ts'

/** One line for each home of the queue: the seconds that all took, messages a second, how many times longer ours took, and our memory on the way. */
export function sendingReport(queue: string, count: number, ours: Sent, bare: Sent): string {
  const speed = ({ seconds }: Sent) => `${seconds.toFixed(1)} s (${(count / seconds).toFixed(0)}/s)`
  return `sending, queue on ${queue.padEnd(8)}  ours ${speed(ours)}  bare ${speed(bare)}  time ${(ours.seconds / bare.seconds).toFixed(2)}  memory of ours at 10 %, 50 %, all: ${ours.memory.join(', ')} MB`
}
