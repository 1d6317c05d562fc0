/** All but the last four signs hidden; a shorter one shows its last two. */
export function masked(value: string): string {
  const shown = value.length > 6 ? 4 : 2
  return '•'.repeat(value.length - shown) + value.slice(-shown)
}
