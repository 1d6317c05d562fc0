import type { Place, Sealer } from '@yoman/db/keys/vault'
import type { PatientDetails } from '@yoman/domain/patients/details'
import { plainDate } from '@yoman/domain/time'

/** What the undo of a merge needs: both records as they were, the survivor as the merge left it, messages sent elsewhere. */
export interface KeptBefore {
  survivor: PatientDetails
  merged: PatientDetails
  after: PatientDetails
  readdressed: { id: string; from: string; to: string }[]
}

const keptPlace = (mergeId: string): Place => ({ table: 'patient_merge', column: 'before_sealed', rowId: mergeId })

export const sealKept = (sealer: Sealer, mergeId: string, kept: KeptBefore): Buffer => sealer.seal(keptPlace(mergeId), JSON.stringify(kept))

export function openKept(sealer: Sealer, mergeId: string, sealed: Buffer): KeptBefore {
  const kept = JSON.parse(sealer.open(keptPlace(mergeId), sealed)) as KeptBefore // what sealKept wrote: the seal vouches for it
  return { ...kept, survivor: withDate(kept.survivor), merged: withDate(kept.merged), after: withDate(kept.after) }
}

/** Dates travel as text. */
const withDate = (details: PatientDetails): PatientDetails => ({ ...details, birthDate: details.birthDate === null ? null : plainDate(String(details.birthDate)) })
