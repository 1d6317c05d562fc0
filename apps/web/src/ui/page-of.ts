/** The query of the page that a trail of cursors leads to: nothing for the first. */
export const pageOf = (trail: readonly string[]): { cursor?: string } => {
  const cursor = trail.at(-1)
  return cursor === undefined ? {} : { cursor }
}
