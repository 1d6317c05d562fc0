/**
 * One of each list, nothing twice and nothing of `taken`; null where that cannot be. The first list gets its first choice
 * wherever the others can still be served. Lists are short (a visit's needs), so trying is cheap.
 */
export function distinct(choices: readonly (readonly string[])[], taken: ReadonlySet<string>): string[] | null {
  const [first, ...rest] = choices
  if (!first) return []
  for (const one of first) {
    if (taken.has(one)) continue
    const others = distinct(rest, new Set([...taken, one]))
    if (others) return [one, ...others]
  }
  return null
}
