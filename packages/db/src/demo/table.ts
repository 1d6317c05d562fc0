import type { Generated } from 'kysely'

export interface DemoClockTable {
  singleton: Generated<boolean>
  offset_ms: Generated<number>
}
