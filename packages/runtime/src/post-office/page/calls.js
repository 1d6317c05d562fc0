// The calls of the page: what each says, and how to take it.
import { byId, element, fill, ltr, readable, time } from './draw.js'

const SHOWN_OVER = 60
const KEYS = ['1', '2', '3', '9']
const deedsOf = { queued: [], initiated: [], ringing: ['person', 'machine', 'busy'], 'in-progress': [...KEYS.map((key) => `key ${key}`), 'hang_up'] }

const isOpen = ({ status }) => status in deedsOf

const cards = new Map()
let list

/** All that ring or speak, then the last of those that are over. `act(sid, deed)` does something with the phone that a call rings on. */
export function drawCalls(calls, word, act) {
  const shown = [...calls.filter(isOpen), ...calls.filter((call) => !isOpen(call)).slice(-SHOWN_OVER).reverse()]
  if (shown.length === 0 || !list?.isConnected) {
    list = element('ol', '')
    fill(byId('calls'), shown.length === 0 ? [] : [list], word('noCalls'))
  }
  list.setAttribute('aria-label', word('calls'))
  const known = new Set(shown.map(({ sid }) => sid))
  for (const [sid, card] of cards) {
    if (known.has(sid)) continue
    card.item.remove()
    cards.delete(sid)
  }
  shown.forEach((call, at) => {
    const card = cards.get(call.sid) ?? newCard(call)
    cards.set(call.sid, card)
    update(card, call, word, act)
    if (list.children[at] !== card.item) list.insertBefore(card.item, list.children[at] ?? null)
  })
}

function newCard({ to }) {
  const [item, head, about, words, row] = [element('li', ''), element('h3', ''), element('p', 'about'), element('div', 'said'), element('div', 'deeds')]
  head.append(ltr(readable(to)))
  item.append(head, about, words, row)
  return { item, about, words, row, drawn: '', offered: '' }
}

/** Touches only what changed: a button under a pointer or a finger stays the same button. */
function update(card, call, word, act) {
  const { sid, at, status, answeredBy, said, digits } = call
  const drawn = JSON.stringify([status, answeredBy, said, digits, word('calls')])
  if (card.drawn === drawn) return
  card.drawn = drawn
  card.item.className = `call ${status}`
  card.about.replaceChildren(ltr(time(at)), ` · ${word('callStatus')[status]}`)
  if (answeredBy) card.about.append(` · ${word('answeredBy')(answeredBy)}`)
  if (digits) card.about.append(` · ${word('pressed')} `, ltr([...digits].join(' ')))
  card.words.replaceChildren(...said.map((sentence) => Object.assign(element('p', '', sentence), { dir: 'auto' })))
  const deeds = deedsOf[status] ?? []
  const offered = JSON.stringify([deeds, word('calls')])
  if (card.offered === offered) return
  card.offered = offered
  const hadFocus = card.row.contains(document.activeElement)
  card.row.replaceChildren(...buttons(sid, deeds, word, act))
  card.row.hidden = deeds.length === 0
  if (hadFocus) card.row.querySelector('button')?.focus() // the deed under the finger is done: the next is near
}

function buttons(sid, deeds, word, act) {
  return deeds.map((deed) => {
    const key = deed.startsWith('key ') ? deed.slice(4) : ''
    const button = element('button', '', key || word('deeds')[deed])
    button.type = 'button'
    if (key) button.setAttribute('aria-label', word('key')(key))
    button.addEventListener('click', () => act(sid, deed))
    return button
  })
}
