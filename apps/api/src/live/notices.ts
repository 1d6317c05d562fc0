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

type Listener = Parameters<Notices['hear']>[0]

const again = { firstMs: 250, mostMs: 5_000 }

/** One connection for each process that hears what all processes tell through the database; made anew when it breaks. */
export function listenForNotices(url: string, log: FastifyBaseLogger): Notices {
  const listeners = new Set<Listener>()
  const tell: Listener = (notice) => {
    for (const listener of listeners) listener(notice)
  }
  const { ready, listening, close } = keepListening(url, log, tell)
  return {
    hear: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    listening,
    ready,
    close,
  }
}

/** Opens a connection after the other, at pauses that grow while none opens. */
function keepListening(url: string, log: FastifyBaseLogger, tell: Listener): Pick<Notices, 'ready' | 'listening' | 'close'> {
  let closed = false
  let current: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let waitMs = again.firstMs
  let wasOpen = false
  let isOpen = false

  const open = async (): Promise<void> => {
    const fresh = connection(url, tell, (error) => {
      if (closed) return
      isOpen = false
      log.warn({ reason: error?.message }, 'the connection for notices broke')
      fresh.client.end().catch(() => undefined) // it is broken already
      schedule()
    })
    current = fresh.client
    await fresh.listen()
    waitMs = again.firstMs
    // Broken in the meantime: the next one is on its way.
    isOpen = !fresh.isBroken()
    if (wasOpen) tell({ lost: true })
    wasOpen = true
  }
  const schedule = (): void => {
    timer = setTimeout(() => void open().catch(() => undefined), waitMs) // whoever heard that it broke has logged it and scheduled the next
    waitMs = Math.min(waitMs * 2, again.mostMs)
  }
  const close = async (): Promise<void> => {
    closed = true
    isOpen = false
    clearTimeout(timer)
    await current?.end().catch(() => undefined) // gone either way
  }

  const ready = open()
  ready.catch(() => undefined) // whoever waits for it hears; else it is tried again
  return { ready, listening: () => isOpen, close }
}

/** A connection that listens once `listen` is fulfilled. `onBroken` is called once, also where it never opened. */
function connection(url: string, tell: Listener, onBroken: (error?: Error) => void) {
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000, application_name: 'yoman-notices' })
  let broken = false
  const breaks = (error?: Error): void => {
    if (broken) return
    broken = true
    onBroken(error)
  }
  client.on('error', breaks)
  client.on('end', () => breaks())
  client.on('notification', ({ channel, payload = '' }) => tell({ channel: channel as Channel, payload })) // it listens to these three alone
  const listen = async (): Promise<void> => {
    try {
      await client.connect()
      await client.query(`listen ${liveChannel}; listen ${sessionChannel}; listen ${demoClockChannel}`)
    } catch (error) {
      breaks(error instanceof Error ? error : undefined)
      throw error
    }
  }
  return { client, listen, isBroken: () => broken }
}
