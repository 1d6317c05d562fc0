import { isRtl } from '../i18n.ts'

/** Where a list floats, as styles of a fixed element. */
export type ListPlace = Record<'insetInlineStart' | 'top' | 'bottom' | 'width' | 'maxHeight', string>

const gap = 4
const edge = 8
const leastWidth = 288
const mostHeight = 384
const leastHeight = 180

/** Under the field that it belongs to, or above it where there is more room; never out of the window. Pixels of the window. */
export function listPlace(field: { x: number; y: number; width: number; height: number }, window: { width: number; height: number }, rtl = isRtl.value): ListPlace {
  const width = Math.min(Math.max(field.width, leastWidth), window.width - 2 * edge)
  const start = rtl ? window.width - field.x - field.width : field.x
  const below = window.height - field.y - field.height - gap - edge
  const above = field.y - gap - edge
  const under = below >= leastHeight || below >= above
  return {
    insetInlineStart: `${Math.max(edge, Math.min(start, window.width - width - edge))}px`,
    top: under ? `${field.y + field.height + gap}px` : 'auto',
    bottom: under ? 'auto' : `${window.height - field.y + gap}px`,
    width: `${width}px`,
    maxHeight: `${Math.min(mostHeight, Math.max(under ? below : above, 0))}px`,
  }
}
