import { ErrorCode } from 'bullmq'
import type { Logger } from 'pino'

const codes = new Set<unknown>([ErrorCode.JobNotExist, ErrorCode.JobLockNotExist, ErrorCode.JobNotInState, ErrorCode.JobLockMismatch])

/** Whether a job is no longer this process's: its lease ended before it was done, as where the queue or the process stood still, and another takes it. */
export const isLeaseLost = (error: Error): boolean => ('code' in error && codes.has(error.code)) || error.message.startsWith('could not renew lock for job')

export interface LostLeases {
  note(error: Error): void
  /** Says what was not said yet. */
  end(): void
}

/**
 * After an outage every job that was in hand says so, up to three times. Nothing is lost by it, since the rows know what was done;
 * so the log hears of a swarm once, with how many there were: at most a line in `everyMs`.
 */
export function lostLeases(log: Logger, everyMs = 10_000): LostLeases {
  let [count, last]: [number, Error | null] = [0, null]
  let timer: NodeJS.Timeout | undefined
  const say = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (count > 0) log.warn({ err: last, count }, 'leases of jobs ended before the jobs were done; others take them')
    ;[count, last] = [0, null]
  }
  return {
    note(error) {
      ;[count, last] = [count + 1, error]
      timer ??= setTimeout(say, everyMs).unref()
    },
    end: say,
  }
}
