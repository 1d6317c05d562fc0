// What the page draws with.

export const byId = (id) => document.getElementById(id)

export function element(name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

export function fill(parent, children, otherwise) {
  parent.replaceChildren(...(children.length === 0 && otherwise ? [element('p', 'empty', otherwise)] : children))
}

export function choice(isChosen, children, choose) {
  const button = element('button', 'choice')
  button.type = 'button'
  if (isChosen) button.setAttribute('aria-current', 'true')
  button.append(...children)
  button.addEventListener('click', choose)
  return button
}

export function line(text) {
  const span = element('span', 'line', text)
  span.dir = 'auto'
  return span
}

export function ltr(text) {
  const bdi = element('bdi', '', text)
  bdi.dir = 'ltr'
  return bdi
}

export const time = (ms) => new Intl.DateTimeFormat('he', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Jerusalem' }).format(ms)
export const readable = (number) => number.replace('whatsapp:', 'WhatsApp ').replace(/\+972(\d{2})(\d{3})(\d{4})$/, '0$1-$2-$3')
