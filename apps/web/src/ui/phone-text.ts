/** An E.164 number as its readers write it: Israeli ones in the national form, others with their country. */
export function phoneText(e164: string): string {
  const mobile = /^\+972(5\d|7\d)(\d{3})(\d{4})$/.exec(e164)
  if (mobile) return `0${mobile[1]}-${mobile[2]}-${mobile[3]}`
  const fixed = /^\+972(\d)(\d{3})(\d{4})$/.exec(e164)
  if (fixed) return `0${fixed[1]}-${fixed[2]}-${fixed[3]}`
  return e164
}
