/** The ids with one of them at another place; beyond the ends is the end. */
export function moved(ids: readonly string[], id: string, to: number): string[] {
  const rest = ids.filter((one) => one !== id)
  const place = Math.min(rest.length, Math.max(0, to))
  return [...rest.slice(0, place), id, ...rest.slice(place)]
}
