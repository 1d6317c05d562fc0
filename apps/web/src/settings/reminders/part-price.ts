const most = 10_000 // thousandths of a shekel, by the contract

/** Thousandths of a shekel of a price typed in agorot (`4`, `3.5`); null where nothing is typed, undefined where it is no such price. */
export function readPartPrice(typed: string): number | null | undefined {
  const text = typed.trim().replace(',', '.')
  if (text === '') return null
  if (!/^\d{1,4}(\.\d)?$/.test(text)) return undefined
  const thousandths = Math.round(Number(text) * 10)
  return thousandths <= most ? thousandths : undefined
}

/** What a person would type for it. */
export const typedPartPrice = (thousandths: number | null): string => (thousandths === null ? '' : String(thousandths / 10))
