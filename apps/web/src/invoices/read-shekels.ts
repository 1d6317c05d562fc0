/** Agorot of an amount as people type it (`1,234.50`, `₪180`, `180`); null when it is no amount, or not above zero. */
export function readShekels(typed: string): number | null {
  const plain = typed.replace(/[\s₪,\u200e\u200f]/g, '')
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(plain)
  if (!match) return null
  const agorot = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return agorot > 0 ? agorot : null
}
