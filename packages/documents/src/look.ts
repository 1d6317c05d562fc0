import { page, type Style } from './pen.ts'

/** What all our papers share: the edges of an A4 page and its inks, in points and sRGB. */
export const margin = 48
export const contentWidth = page.width - 2 * margin
/** Below this line stands the footer alone. */
export const bottom = page.height - 76
export const ink = { strong: '#0f172a', soft: '#475569', accent: '#0f766e', tint: '#f0fdfa', rule: '#e2e8f0' }
export const small: Style = { size: 9, colour: ink.soft }
