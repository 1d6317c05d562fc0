/**
 * A half-open span of whole minutes since 1970 (UTC): `from` belongs to it, `to` does not. Numbers and not instants,
 * because a search for free slots compares thousands of them. All lists here are sorted and free of overlaps.
 */
export interface Span {
  from: number
  to: number
}

export const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to

/** Whether one of the spans holds all of `inner`. */
export const covers = (spans: readonly Span[], inner: Span): boolean => spans.some((span) => span.from <= inner.from && inner.to <= span.to)

/** Sorted, with those that touch or overlap made one; empty and reversed ones are dropped. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}

/** What is in `spans` and not in `taken`; both may come unsorted. */
export function without(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const holes = merged(taken)
  const result: Span[] = []
  let first = 0 // holes before it end before this span begins, and so before every later one
  for (const span of merged(spans)) {
    while ((holes[first]?.to ?? Infinity) <= span.from) first += 1
    let from = span.from
    for (let at = first; ; at += 1) {
      const hole = holes[at]
      if (!hole || hole.from >= span.to) break
      if (hole.from > from) result.push({ from, to: hole.from })
      from = Math.max(from, hole.to)
    }
    if (from < span.to) result.push({ from, to: span.to })
  }
  return result
}

/** What is in both. */
export function common(one: readonly Span[], other: readonly Span[]): Span[] {
  const [a, b] = [merged(one), merged(other)]
  const result: Span[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as Span, b[j] as Span] // both within their lists, by the loop's condition
    const span = { from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) }
    if (span.from < span.to) result.push(span)
    if (x.to < y.to) i += 1
    else j += 1
  }
  return result
}
