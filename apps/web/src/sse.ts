export interface ServerEvent {
  event: string
  data: string
  id: string
}

/**
 * Reads text/event-stream as it arrives, in pieces that may break anywhere. Feed it text; it gives the events that are complete.
 * Comments (heartbeats) give nothing. By the rules of the WHATWG's server-sent events.
 */
export function eventReader(): (piece: string) => ServerEvent[] {
  let rest = ''
  let lastId = ''
  return (piece) => {
    rest += piece
    const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/)
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const read = readBlock(block, lastId)
      lastId = read.id
      return read.data === null ? [] : [{ event: read.event, data: read.data, id: read.id }]
    })
  }
}

function readBlock(block: string, lastId: string): { event: string; data: string | null; id: string } {
  let event = 'message'
  let id = lastId
  const data: string[] = []
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value] = /^([^:]+):? ?(.*)$/.exec(line) ?? []
    if (field === 'event') event = value ?? event
    else if (field === 'data') data.push(value ?? '')
    else if (field === 'id') id = value ?? id
  }
  return { event, id, data: data.length === 0 ? null : data.join('\n') }
}
