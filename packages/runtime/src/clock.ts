/** The machine's wall clock, in milliseconds since 1970. The only reader of real time in this package. */
export const wallClock = (): number => Date.now()
