import { sweepFiles } from './attachments/sweep.ts'
import type { Queues } from './queues.ts'
import { relayOutbox } from './relay.ts'
import type { WorkerServices } from './services.ts'
import { queueDueReminders, releaseExpiredHolds, resumeQueuedMessages, settleUnsettled, settleWaitlists, soundNames } from './sweeps.ts'

interface Repeated {
  name: string
  /** Seconds from the end of one run to the start of the next; odd numbers, so that the runs do not fall together. */
  everySeconds: number
  /** Runs also at once when something happened. */
  wokenBy: readonly Waker[]
  run: (services: WorkerServices, queues: Queues) => Promise<number>
}

/** `event`: the outbox has something new. `clock`: the demo's clock was moved. */
export type Waker = 'event' | 'clock'

/** All repeating work. Any number of workers may do it side by side: every row is taken by one of them. */
export const schedule: readonly Repeated[] = [
  { name: 'relay the outbox', everySeconds: 3, wokenBy: ['event', 'clock'], run: relayOutbox },
  { name: 'queue due reminders', everySeconds: 31, wokenBy: ['clock'], run: queueDueReminders },
  { name: 'resume queued messages', everySeconds: 17, wokenBy: ['clock'], run: resumeQueuedMessages },
  { name: 'release expired holds', everySeconds: 61, wokenBy: ['clock'], run: releaseExpiredHolds },
  { name: 'settle the waitlists', everySeconds: 13, wokenBy: ['clock'], run: settleWaitlists },
  { name: 'compute how names sound', everySeconds: 67, wokenBy: [], run: soundNames },
  { name: 'sweep orphaned files', everySeconds: 3_601, wokenBy: [], run: sweepFiles },
  { name: 'settle unsettled messages', everySeconds: 5, wokenBy: [], run: settleUnsettled },
]

/** Keeps the schedule until it is stopped. A run that fails is told, and tried again at its time. */
export function keepSchedule(services: WorkerServices, queues: Queues, work: readonly Repeated[] = schedule) {
  const loops = work.map((one) => keepOne(services, queues, one))
  return {
    wake: (waker: Waker): void => loops.forEach((loop, index) => work[index]?.wokenBy.includes(waker) && loop.wake()),
    stop: async (): Promise<void> => void (await Promise.all(loops.map((loop) => loop.stop()))),
  }
}

function keepOne(services: WorkerServices, queues: Queues, { name, everySeconds, run }: Repeated) {
  let stopped = false
  let woken = false
  let endPause = (): void => {}
  const pause = (seconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1_000)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async (): Promise<void> => {
    while (!stopped) {
      woken = false
      const done = await run(services, queues).catch((error: unknown) => {
        services.log.error({ err: error }, `could not ${name}; tried again in ${everySeconds} s`)
        return 0
      })
      if (done > 0) services.log.debug({ done }, name)
      if (!stopped && !woken) await pause(everySeconds)
    }
  }
  const running = loop()
  return {
    wake(): void {
      woken = true // also where it is running: what it has read already may be outdated
      endPause()
    },
    stop(): Promise<void> {
      stopped = true
      endPause()
      return running
    },
  }
}
