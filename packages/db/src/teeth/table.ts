import type { Generated } from 'kysely'
import type { Ending, FindingKind, FindingState } from '@yoman/domain/teeth/finding'
import type { Instant } from '@yoman/domain/time'

export interface ToothFindingTable {
  clinic_id: string
  id: string
  patient_id: string
  tooth: string
  kind: FindingKind
  state: FindingState
  surfaces: Generated<string>
  recorded_by: string
  recorded_at: Instant
  ended_as: Ending | null
  ended_by: string | null
  ended_at: Instant | null
}
