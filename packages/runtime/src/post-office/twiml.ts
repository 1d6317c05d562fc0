/** What a call is told to do: what is said, where a key is posted, and what is said to whoever presses none. */
export type Script = { says: string[]; action: string | undefined; otherwise: string[] }

const SAY = /<Say\b[^>]*>([\s\S]*?)<\/Say>/g
const GATHER = /<Gather\b([^>]*)>([\s\S]*?)<\/Gather>/

/** Reads the few verbs that a reminder uses: Say, and one Gather. Undefined where it is no TwiML. */
export function readTwiml(xml: string): Script | undefined {
  if (!/<Response\b/.test(xml)) return undefined
  const gather = GATHER.exec(xml)
  if (!gather) return { says: saysIn(xml), action: undefined, otherwise: [] }
  const [whole, attributes = '', inner = ''] = gather
  const [before = '', after = ''] = [xml.slice(0, gather.index), xml.slice(gather.index + whole.length)]
  const action = /\baction="([^"]*)"/.exec(attributes)?.[1]
  return { says: [...saysIn(before), ...saysIn(inner)], action: action === undefined ? undefined : plain(action), otherwise: saysIn(after) }
}

const saysIn = (xml: string): string[] => [...xml.matchAll(SAY)].map(([, text = '']) => plain(text).trim())

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

const plain = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return entities[name ?? ''] ?? whole
  })
