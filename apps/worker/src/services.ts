import type { Logger } from 'pino'
import type { FileStore } from '@yoman/domain/attachments/file-store'
import type { Clock } from '@yoman/use-cases/clock'
import { type Context, type Services, systemContext } from '@yoman/use-cases/context'
import type { Compose } from '@yoman/use-cases/messages/compose'
import type { WorkerConfig } from './config.ts'
import type { Gateways } from './messages/gateways.ts'

/** What the worker was given when it started. */
export interface WorkerServices extends Services {
  /** Decides what is due; the demo moves it. */
  clock: Clock
  /** Leases and the provider's times: the machine's own. */
  machineClock: Clock
  compose: Compose
  gateways: Gateways
  files: FileStore
  log: Logger
  settings: Pick<WorkerConfig, 'publicUrl' | 'leaseSeconds' | 'lookupSeconds' | 'failpoint'>
}

/** The worker acting inside one clinic, now. */
export const contextOf = (services: WorkerServices, clinicId: string): Context => systemContext(services, clinicId, services.clock.now())
