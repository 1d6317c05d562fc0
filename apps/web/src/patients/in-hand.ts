import { onBeforeUnmount } from 'vue'
import { paths } from '../paths.ts'

/** Whom a key of the keyboard is about. */
export interface InHand {
  id: string
  /** Empty while it is not known yet. */
  name: string
}

const sources: (() => InHand | null)[] = []

/** A page that has one patient before it says who that is, as long as it lives. */
export function useInHand(source: () => InHand | null): void {
  sources.push(source)
  onBeforeUnmount(() => void sources.splice(sources.indexOf(source), 1))
}

/** The patient of what has the focus (a card, a row, a message), else the page's own, else the only one whom the page names. */
export function patientInHand(): InHand | null {
  const row = document.activeElement?.closest('article, li, tr')
  return (row ? theOne(row) : null) ?? sources.at(-1)?.() ?? theOne(document.querySelector('#content'))
}

function theOne(place: Element | null): InHand | null {
  const links = [...(place?.querySelectorAll<HTMLAnchorElement>(`a[href^="${paths.patient('')}"]`) ?? [])]
  const found = new Map(links.map((link) => [idOf(link), link.textContent.trim()]))
  const [first] = found
  return found.size === 1 && first ? { id: first[0], name: first[1] } : null
}

const idOf = (link: HTMLAnchorElement): string => new URL(link.href).pathname.slice(paths.patient('').length)
