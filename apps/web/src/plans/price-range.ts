import { readShekels } from '../invoices/read-shekels.ts'

export interface PriceRange {
  leastAgorot: number
  mostAgorot: number
}

/** A price as people type it (`450`), or a range (`3000-4200`, `3,000 – 4,200`), in agorot. Null when it is neither, or ends below its beginning. */
export function readRange(typed: string): PriceRange | null {
  const ends = typed.split(/[-–—]/).map((part) => part.trim())
  const [least, most = least] = ends.map(readShekels)
  if (ends.length > 2 || least == null || most == null || most < least) return null
  return { leastAgorot: least, mostAgorot: most }
}

const plain = (agorot: number): string => (agorot % 100 === 0 ? String(agorot / 100) : (agorot / 100).toFixed(2))

/** The same, to be corrected in its field. */
export const typedRange = ({ leastAgorot, mostAgorot }: PriceRange): string => (leastAgorot === mostAgorot ? plain(leastAgorot) : `${plain(leastAgorot)}-${plain(mostAgorot)}`)
