import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { usePaymentRows } from './payment-rows.ts'

function begin() {
  const balance = ref(18_000)
  return { balance, ...usePaymentRows(() => balance.value, () => '2026-11-22') }
}

describe('the rows of a payment', () => {
  it('follow the balance while nobody touched them', () => {
    const { balance, rows, moved } = begin()
    balance.value = 5_000
    expect([rows.value[0]?.amount, moved.value]).toEqual(['50', false])
  })

  it('keep their ids when the answer is lost and news of the balance comes', () => {
    const { balance, rows, moved, sending, restart } = begin()
    const id = rows.value[0]?.id
    sending()
    balance.value = 9_000
    expect([rows.value[0]?.id, rows.value[0]?.amount, moved.value]).toEqual([id, '180', true])
    restart()
    expect(rows.value[0]?.id).not.toBe(id)
    expect([rows.value[0]?.amount, moved.value]).toEqual(['90', false])
  })

  it('keep what is half typed when a colleague takes a part', () => {
    const { balance, rows, moved } = begin()
    const [row] = rows.value
    if (!row) throw new Error('a payment begins with one row')
    row.method = 'cheque'
    row.cheque.number = '0101'
    balance.value = 9_000
    expect([rows.value[0]?.id, rows.value[0]?.cheque.number, moved.value]).toEqual([row.id, '0101', true])
  })
})
