import { type Ref, ref, watch } from 'vue'
import { newMeans, type MeansTyped } from './means.ts'

/** The means that are being typed for one payment. */
export interface PaymentRows {
  rows: Ref<MeansTyped[]>
  /** Whether the balance became another since the rows were begun. */
  moved: Ref<boolean>
  /** From now on the rows may have been taken: they keep their ids until `restart`, so that sending them again takes nothing twice. */
  sending(): void
  /** New rows with new ids: what is taken next is another payment. Only after an answer that says it was taken. */
  restart(): void
}

/** Rows that outlive news of the balance: one that nobody touched takes the new sum, others stay as they are, and `moved` tells. */
export function usePaymentRows(balance: () => number, today: () => string): PaymentRows {
  const rows = ref<MeansTyped[]>([])
  const moved = ref(false)
  let begun = ''
  let sent = false
  function restart(): void {
    rows.value = [newMeans(balance(), today())]
    begun = JSON.stringify(rows.value)
    sent = false
    moved.value = false
  }
  restart()
  watch(balance, () => (!sent && JSON.stringify(rows.value) === begun ? restart() : void (moved.value = true)), { flush: 'sync' })
  return { rows, moved, sending: () => void (sent = true), restart }
}
