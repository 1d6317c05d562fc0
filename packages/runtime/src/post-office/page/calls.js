// The calls of the page: what each says, and how to take it.
import { byId, element, fill, ltr, readable, time } from './draw.js'

const SHOWN_OVER = 60
const KEYS = ['1', '2', '3', '9']
const deedsOf = { queued: [], initiated: [], ringing: ['person', 'machine', 'busy'], 'in-progress': [...KEYS.map((key) => `key ${key}`), 'hang_up'] }

const isOpen = ({ status }) => status in deedsOf

/** All that ring or speak, then the last of those that are over. `act(sid, deed)` does something with the phone that a call rings on. */
export function drawCalls(calls, word, act) {
  const at = document.activeElement?.dataset?.deed
  const list = element('ol', '')
  list.setAttribute('aria-label', word('calls'))
  list.append(...[...calls.filter(isOpen), ...calls.filter((call) => !isOpen(call)).slice(-SHOWN_OVER).reverse()].map((call) => card(call, word, act)))
  fill(byId('calls'), calls.length === 0 ? [] : [list], word('noCalls'))
  if (at) byId('calls').querySelector(`[data-deed="${CSS.escape(at)}"]`)?.focus() // the key under the finger was drawn anew
}

function card(call, word, act) {
  const { sid, to, at, status, answeredBy, said, digits } = call
  const item = element('li', `call ${status}`)
  const head = element('h3', '')
  head.append(ltr(readable(to)))
  const about = element('p', 'about')
  about.append(ltr(time(at)), ` · ${word('callStatus')[status]}`)
  if (answeredBy) about.append(` · ${word('answeredBy')(answeredBy)}`)
  if (digits) about.append(` · ${word('pressed')} `, ltr([...digits].join(' ')))
  const words = element('div', 'said')
  words.append(...said.map((sentence) => Object.assign(element('p', '', sentence), { dir: 'auto' })))
  item.append(head, about, words)
  const deeds = deedsOf[status] ?? []
  if (deeds.length > 0) item.append(buttons(sid, deeds, word, act))
  return item
}

function buttons(sid, deeds, word, act) {
  const row = element('div', 'deeds')
  for (const deed of deeds) {
    const key = deed.startsWith('key ') ? deed.slice(4) : ''
    const button = element('button', '', key || word('deeds')[deed])
    button.type = 'button'
    button.dataset.deed = `${sid} ${deed}`
    if (key) button.setAttribute('aria-label', word('key')(key))
    button.addEventListener('click', () => act(sid, deed))
    row.append(button)
  }
  return row
}
