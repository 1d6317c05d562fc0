import pg from 'pg'
import type { Logger } from 'pino'
import { liveChannel } from '@yoman/db/audit/record'
import { demoClockChannel } from '@yoman/db/demo/move-clock'

export interface Notices {
  close(): Promise<void>
}

const secondsUntilAgain = 2

/**
 * Listens on a connection of its own to what other processes tell through the database. Notices are a hint to look at once;
 * one that is lost while the connection is away costs only the time until the next regular look.
 * @param hear called with the channel; also with both, after the connection was made anew.
 */
export function listen(url: string, log: Logger, hear: (channel: string) => void): Notices {
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const open = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 })
    client = fresh
    fresh.on('notification', ({ channel }) => hear(channel))
    fresh.on('error', again)
    fresh.on('end', () => again(new Error('it was closed')))
    await fresh.connect()
    await fresh.query(`listen ${liveChannel}; listen ${demoClockChannel}`)
    for (const channel of [liveChannel, demoClockChannel]) hear(channel)
  }
  const again = (error: Error): void => {
    if (closed || timer) return
    log.warn({ err: error }, 'the connection for notices was lost')
    timer = setTimeout(() => {
      timer = undefined
      open().catch(again)
    }, secondsUntilAgain * 1_000)
  }

  open().catch(again)
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
