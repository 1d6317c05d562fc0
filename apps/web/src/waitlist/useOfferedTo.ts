import { computed, type ComputedRef } from 'vue'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'
import { language } from '../i18n.ts'
import { may } from '../session.ts'
import { patientName } from '../shell/patient-name.ts'

/** To whom a held place is offered now, by the hold's id; empty for who may not read the waitlist, and for what is no offer. */
export function useOfferedTo(): ComputedRef<(holdId: string) => readonly string[]> {
  const { data } = useRead('GET /waitlist-offers', () => ({ query: { branchId: branch.value?.id ?? '' } }), { enabled: () => branch.value !== undefined && may('waitlist.read') })
  return computed(() => {
    const names = new Map<string, string[]>()
    for (const { holdId, status, patient } of data.value?.items ?? []) if (status === 'open') names.set(holdId, [...(names.get(holdId) ?? []), patientName(patient, language.value)])
    return (holdId) => names.get(holdId) ?? []
  })
}
