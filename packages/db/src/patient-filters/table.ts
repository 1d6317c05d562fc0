import type { ColumnType, Generated } from 'kysely'
import type { Condition } from '@yoman/domain/patients/filter'

export interface PatientFilterTable {
  clinic_id: string
  id: string
  /** Null: everybody's in the clinic. */
  owner_id: string | null
  written_by: string
  name: string
  /** Goes in as JSON text, comes out as what it is. */
  conditions: ColumnType<Condition[], string, string>
  version: Generated<number>
}
