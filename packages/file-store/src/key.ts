const form = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The two parts of a key. Throws for anything else: a path is never made of what somebody typed. */
export function checkKey(key: string): { clinic: string; name: string } {
  const [, clinic, name] = form.exec(key) ?? []
  if (clinic === undefined || name === undefined) throw new Error('a file key is two uuids')
  return { clinic, name }
}
