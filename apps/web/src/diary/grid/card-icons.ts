import { h, render, watch, type Component } from 'vue'
import { theme } from '../../theme.ts'

/*
 * Icons of cards as background images. A card has two to five of them and a day some hundred cards: as SVG elements they were half
 * of all the elements of the diary, and each of them a coordinate system and a clip of its own for the browser to keep.
 */
const sheet = new CSSStyleSheet()
const rules = new Map<string, { icon: Component; tone: string }>()
const names = new Map<Component, string>()
const drawings = new Map<Component, string>()
let inks: Map<string, string> | null = null

/** The class that draws an icon in the ink of a tone (`--<tone>-ink`), in whatever theme there is. */
export function iconClass(icon: Component, tone: string): string {
  const name = nameOf(icon, tone)
  if (!rules.has(name)) {
    if (rules.size === 0) start()
    rules.set(name, { icon, tone })
    sheet.insertRule(ruleOf(name, icon, tone), sheet.cssRules.length)
  }
  return name
}

function nameOf(icon: Component, tone: string): string {
  const known = names.get(icon)
  const name = known ?? `icon-${names.size}`
  if (known === undefined) names.set(icon, name)
  return `${name}-${tone}`
}

function start(): void {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  const again = (): void => {
    inks = null
    sheet.replaceSync([...rules].map(([name, { icon, tone }]) => ruleOf(name, icon, tone)).join('\n'))
  }
  watch(theme, again, { flush: 'post' })
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)']) matchMedia(query).addEventListener('change', again)
}

function ruleOf(name: string, icon: Component, tone: string): string {
  const image = drawingOf(icon).replaceAll('currentColor', inkOf(tone))
  return `.${name}{background-image:url("data:image/svg+xml,${encodeURIComponent(image)}")}`
}

function drawingOf(icon: Component): string {
  const known = drawings.get(icon)
  if (known !== undefined) return known
  const place = document.createElement('div')
  render(h(icon), place)
  const drawing = new XMLSerializer().serializeToString(place.firstElementChild ?? place)
  render(null, place)
  drawings.set(icon, drawing)
  return drawing
}

/** As the browser shows it now: the theme decides, and a person's own colours where those are forced. */
function inkOf(tone: string): string {
  inks ??= new Map()
  const known = inks.get(tone)
  if (known !== undefined) return known
  const probe = document.body.appendChild(document.createElement('i'))
  probe.style.color = `var(--${tone}-ink)`
  const ink = getComputedStyle(probe).color
  probe.remove()
  inks.set(tone, ink)
  return ink
}
