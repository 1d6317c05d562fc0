import fc from 'fast-check'
import { wholeShekels } from '@yoman/domain/registers/vat'
import { plainDate } from '@yoman/domain/time'
import { expect, it } from 'vitest'
import { namedSales, pcn874, privateSales } from './pcn874.ts'

const [to, madeOn] = [plainDate('2026-11-30'), plainDate('2026-12-03')]
const sums = { taxable: 1_000, vat: 180, untaxed: 70, creditTaxable: 251, creditVat: 45, creditUntaxed: 0, sales: 5, untaxedSales: 1, credits: 2, untaxedCredits: 0 }

it('is a header, a record for each kind of sale, and the dealer at the end, byte for byte', () => {
  expect(pcn874({ dealer: '514777715', to, madeOn, sales: privateSales(sums, to, true) })).toBe([
    `O514777715${'202611'}1${'20261203'}${'+00000000749'}${'+000000135'}${'+00000000000'}${'+000000000'}${'000000003'}${'+00000000070'}${'+000000000'}${'+000000000'}${'000000000'}${'+00000000135'}\r\n`,
    `L000000000${'20261130'}0000${'000000005'}${'000000180'}${'+0000001000'}${'000000000'}\r\n`,
    `L000000000${'20261130'}0000${'000000001'}${'000000000'}${'+0000000070'}${'000000000'}\r\n`,
    `L000000000${'20261130'}0000${'000000002'}${'000000045'}${'-0000000251'}${'000000000'}\r\n`,
    'X514777715\r\n',
  ].join(''))
})

it('has lines of 131, 60 and 10 characters, in ASCII', () => {
  const text = pcn874({ dealer: '514777715', to, madeOn, sales: privateSales(sums, to, false) })
  expect(text.split('\r\n').map(({ length }) => length)).toEqual([131, 60, 60, 10, 0])
  expect(text).toMatch(/^[\x20-\x7e\r\n]*$/)
})

it('leaves credits out until somebody says that they were acknowledged', () => {
  expect(privateSales(sums, to, false).map(({ net }) => net)).toEqual([1_000, 70])
  expect(privateSales({ ...sums, sales: 0, untaxedSales: 0 }, to, false)).toEqual([])
})

it('names a customer who is a dealer in a record of their own', () => {
  const line = pcn874({ dealer: '514777715', to, madeOn, sales: [{ dealer: '777777715', on: to, reference: 4_711, net: 12_000, vat: 2_160, taxed: true }] }).split('\r\n')[1]
  expect(line).toBe(`S777777715${'20261130'}0000${'000004711'}${'000002160'}${'+0000012000'}${'000000000'}`)
})

it('has each document of a dealer with its allocation number, and the rest together: as much as without', () => {
  const documents = [
    { kind: '320' as const, number: 12, issuedOn: plainDate('2026-11-22'), dealerNumber: '777777715', net: 60_049, vat: 10_809, allocation: '20261122123456789' },
    { kind: '330' as const, number: 3, issuedOn: to, dealerNumber: '777777715', net: 10_000, vat: 1_800, allocation: null },
  ]
  const { named, rest } = namedSales(documents, sums, true)
  const lines = pcn874({ dealer: '514777715', to, madeOn, sales: [...named, ...privateSales(rest, to, true)] }).split('\r\n')
  expect(lines.slice(1, 4)).toEqual([
    `S777777715${'20261122'}0000${'000000012'}${'000000108'}${'+0000000600'}${'123456789'}`,
    `S777777715${'20261130'}0000${'000000003'}${'000000018'}${'-0000000100'}${'000000000'}`,
    `L000000000${'20261130'}0000${'000000004'}${'000000072'}${'+0000000400'}${'000000000'}`,
  ])
  expect(lines[0]?.slice(25, 47)).toBe('+00000000749+000000135')
  expect(namedSales(documents, sums, false).named).toHaveLength(1)
})

const agorot = fc.record({ net: fc.integer({ min: 1, max: 2_000_000 }), vat: fc.integer({ min: 0, max: 360_000 }) })

it('adds up to the sums of the return, whatever is rounded, and leaves nothing below nothing for all others', () => {
  fc.assert(fc.property(fc.array(agorot, { maxLength: 12 }), fc.array(agorot, { maxLength: 12 }), fc.array(agorot, { maxLength: 4 }), fc.boolean(), (dealers, credited, others, withCredits) => {
    const documents = [...dealers.map((of) => ({ ...of, kind: '320' as const })), ...credited.map((of) => ({ ...of, kind: '330' as const }))].map((of, index) => ({ ...of, number: index + 1, issuedOn: to, dealerNumber: '777777715', allocation: null }))
    const whole = (all: readonly { net: number; vat: number }[], of: 'net' | 'vat'): number => wholeShekels(all.reduce((sum, one) => sum + one[of], 0))
    const [sales, credits] = [[...dealers, ...others], [...credited, ...others]]
    const period = { taxable: whole(sales, 'net'), vat: whole(sales, 'vat'), untaxed: 0, creditTaxable: whole(credits, 'net'), creditVat: whole(credits, 'vat'), creditUntaxed: 0, sales: sales.length, untaxedSales: 0, credits: credits.length, untaxedCredits: 0 }
    const { named, rest } = namedSales(documents, period, withCredits)
    expect(Math.min(...Object.values(rest))).toBeGreaterThanOrEqual(0)
    const [records, alone] = [[...named, ...privateSales(rest, to, withCredits)], privateSales(period, to, withCredits)]
    for (const of of ['net', 'vat'] as const) expect(records.reduce((sum, one) => sum + one[of], 0)).toBe(alone.reduce((sum, one) => sum + one[of], 0))
    for (const [index, { net, vat }] of named.entries()) {
      const { kind, net: netAgorot, vat: vatAgorot } = documents[index] ?? { kind: '320', net: 0, vat: 0 }
      expect([Math.abs(Math.abs(net) * 100 - netAgorot) < 100, Math.abs(Math.abs(vat) * 100 - vatAgorot) < 100, Math.max(net, vat) <= 0 || kind !== '330']).toEqual([true, true, true])
    }
  }))
})

it('is not written where a number is too long for its place', () => {
  expect(() => pcn874({ dealer: '514777715', to, madeOn, sales: [{ dealer: null, on: to, reference: 1, net: 10_000_000_000, vat: 1, taxed: true }] })).toThrow(RangeError)
})
