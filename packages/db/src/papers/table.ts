import type { PaperKind } from '@yoman/domain/papers/paper'
import type { Instant } from '@yoman/domain/time'

export interface VisitPaperTable {
  clinic_id: string
  appointment_id: string
  kind: PaperKind
  received_at: Instant
  received_by: string | null
}
