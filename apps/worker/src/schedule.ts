import { setTimeout as sleep } from 'node:timers/promises'
import { pushEntries, readLedgers } from './accounting/sweep.ts'
import { askForNumbers } from './allocation-numbers/ask.ts'
import { sweepFiles } from './attachments/sweep.ts'
import { lookAfterLinks } from './payment-links/look.ts'
import { checkReminders } from './reminders/check.ts'
import type { Queues } from './queues.ts'
import { relayOutbox } from './relay.ts'
import type { WorkerServices } from './services.ts'
import { writeStatements } from './statements/write.ts'
import { askForReceipts, measure, queueDueReminders, receiptWaiting, releaseExpiredHolds, remindOfDebts, resumeQueuedMessages, settleUnsettled, settleWaitlists, soundNames, taxCheques } from './sweeps.ts'

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
  { name: 'ask for allocation numbers', everySeconds: 7, wokenBy: ['event', 'clock'], run: askForNumbers },
  { name: 'send entries to accounting services', everySeconds: 11, wokenBy: ['event', 'clock'], run: pushEntries },
  { name: 'read accounting services back', everySeconds: 9, wokenBy: ['event'], run: readLedgers },
  { name: 'look after payment links', everySeconds: 19, wokenBy: ['clock'], run: lookAfterLinks },
  { name: 'release expired holds', everySeconds: 61, wokenBy: ['clock'], run: releaseExpiredHolds },
  { name: 'settle the waitlists', everySeconds: 13, wokenBy: ['clock'], run: settleWaitlists },
  { name: 'tax matured cheques', everySeconds: 293, wokenBy: ['clock'], run: (services) => taxCheques(services) },
  { name: 'receipt waiting money', everySeconds: 307, wokenBy: ['clock'], run: (services) => receiptWaiting(services) },
  { name: 'remind of debts', everySeconds: 599, wokenBy: ['clock'], run: remindOfDebts },
  { name: 'write statements of account', everySeconds: 601, wokenBy: ['clock'], run: writeStatements },
  { name: 'compute how names sound', everySeconds: 67, wokenBy: [], run: soundNames },
  { name: 'sweep orphaned files', everySeconds: 3_601, wokenBy: [], run: sweepFiles },
  { name: 'ask for missing receipts', everySeconds: 301, wokenBy: [], run: askForReceipts },
  { name: 'measure what is under way', everySeconds: 29, wokenBy: [], run: measure },
  { name: 'look at the fortnight ahead', everySeconds: 307, wokenBy: ['clock'], run: checkReminders },
  { name: 'settle unsettled messages', everySeconds: 5, wokenBy: [], run: settleUnsettled },
]

/** What happens many times in a moment, as at a reminder's hour, is looked at together. */
const gatherMs = 25

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
      if (stopped) return
      if (woken) await sleep(gatherMs)
      else await pause(everySeconds)
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
