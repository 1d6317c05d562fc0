/** Basis points of a percentage as people type it, below nothing too; up to two decimals. Undefined where it is none. */
export function readPercent(typed: string): number | undefined {
  const match = /^\s*(-?)(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(typed)
  if (!match) return undefined
  const size = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' && size > 0 ? -size : size
}

/** `85` or `92.5`: what a person would type for it. */
export const typedPercent = (basisPoints: number): string => String(basisPoints / 100)
