/** How a picture is looked at. Shifts are pixels of the screen, from the middle; a turn is clockwise. */
export interface View {
  zoom: number
  x: number
  y: number
  turn: 0 | 90 | 180 | 270
  /** Percent; 100 is as it is. */
  brightness: number
  contrast: number
  inverted: boolean
}

export const plainView: View = { zoom: 1, x: 0, y: 0, turn: 0, brightness: 100, contrast: 100, inverted: false }

const leastZoom = 0.25
const mostZoom = 16
const step = 1.25

/** Nearer or farther by a factor, around a point that stays where it is (from the middle of the window). */
export function zoomBy(view: View, factor: number, at: { x: number; y: number } = { x: 0, y: 0 }): View {
  const zoom = Math.min(mostZoom, Math.max(leastZoom, view.zoom * factor))
  const change = zoom / view.zoom
  return { ...view, zoom, x: at.x - (at.x - view.x) * change, y: at.y - (at.y - view.y) * change }
}

export const zoomIn = (view: View): View => zoomBy(view, step)
export const zoomOut = (view: View): View => zoomBy(view, 1 / step)
export const fit = (view: View): View => ({ ...view, zoom: 1, x: 0, y: 0 })
export const panBy = (view: View, x: number, y: number): View => ({ ...view, x: view.x + x, y: view.y + y })
export const turned = (view: View): View => ({ ...view, turn: ((view.turn + 90) % 360) as View['turn'], x: 0, y: 0 }) // a multiple of 90 below 360

/** How large a picture is drawn so that, turned, it just fits its window; small ones are not blown up beyond four times. */
export function fitted(picture: { width: number; height: number }, window: { width: number; height: number }, turn: View['turn']): { width: number; height: number } {
  const lies = turn === 90 || turn === 270
  const scale = Math.min(4, window.width / (lies ? picture.height : picture.width), window.height / (lies ? picture.width : picture.height))
  return { width: picture.width * scale, height: picture.height * scale }
}
