// No letters that are taken for one another when they are read out over a counter.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A first password that can be read out: three groups of five, 74 bits by chance. */
export function firstPassword(): string {
  const chosen = [...crypto.getRandomValues(new Uint32Array(15))].map((number) => letters[number % letters.length] ?? '')
  return [0, 5, 10].map((from) => chosen.slice(from, from + 5).join('')).join('-')
}
