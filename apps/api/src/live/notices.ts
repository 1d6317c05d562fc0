import pg from 'pg'
import type { FastifyBaseLogger } from 'fastify'
import { liveChannel } from '@yoman/db/audit/record'
import { demoClockChannel } from '@yoman/db/demo/move-clock'
import { sessionChannel } from '@yoman/db/sessions/queries'

export type Channel = typeof liveChannel | typeof sessionChannel | typeof demoClockChannel

export interface Notices {
  /** Calls back for each notice, and with `lost` set when some may have been missed. @returns how to stop. */
  hear(listener: (notice: { channel: Channel; payload: string } | { lost: true }) => void): () => void
  /** Whether what is told now is heard. */
  listening(): boolean
  /** Resolves once the first connection listens. */
  ready: Promise<void>
  close(): Promise<void>
}

const again = { firstMs: 250, mostMs: 5_000 }

/** One connection for each process that hears what all processes tell through the database; made anew when it breaks. */
export function listenForNotices(url: string, log: FastifyBaseLogger): Notices {
  const listeners = new Set<Parameters<Notices['hear']>[0]>()
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let waitMs = again.firstMs
  let wasOpen = false
  let isOpen = false

  const tell: Parameters<Notices['hear']>[0] = (notice) => {
    for (const listener of listeners) listener(notice)
  }
  const open = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000, application_name: 'yoman-notices' })
    client = fresh
    let broken = false
    const onBroken = (error?: Error): void => {
      if (broken || closed) return
      broken = true
      isOpen = false
      log.warn({ reason: error?.message }, 'the connection for notices broke')
      fresh.end().catch(() => undefined) // it is broken already
      schedule()
    }
    fresh.on('error', onBroken)
    fresh.on('end', () => onBroken())
    fresh.on('notification', ({ channel, payload = '' }) => tell({ channel: channel as Channel, payload })) // it listens to these three alone
    try {
      await fresh.connect()
      await fresh.query(`listen ${liveChannel}; listen ${sessionChannel}; listen ${demoClockChannel}`)
    } catch (error) {
      onBroken(error instanceof Error ? error : undefined)
      throw error
    }
    waitMs = again.firstMs
    // Broken in the meantime: the next one is on its way.
    isOpen = !broken
    if (wasOpen) tell({ lost: true })
    wasOpen = true
  }
  const schedule = (): void => {
    timer = setTimeout(() => void open().catch(() => undefined), waitMs) // onBroken has logged it and scheduled the next
    waitMs = Math.min(waitMs * 2, again.mostMs)
  }

  const ready = open()
  ready.catch(() => undefined) // whoever waits for it hears; else it is tried again
  return {
    hear: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    listening: () => isOpen,
    ready,
    close: async () => {
      closed = true
      isOpen = false
      clearTimeout(timer)
      await client?.end().catch(() => undefined) // gone either way
    },
  }
}
