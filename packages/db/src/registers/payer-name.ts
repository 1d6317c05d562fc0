import { type RawBuilder, sql } from 'kysely'

/** The name on the document in a row `document` where it is not the patient's, whose names are given as columns; else empty. */
export const payerOf = (document: string, given: string, family: string, givenLatin: string, familyLatin: string): RawBuilder<string> =>
  sql.raw(`case when coalesce(${document}.payer->>'name', '') in ('', btrim(${given} || ' ' || ${family}), btrim(${givenLatin} || ' ' || ${familyLatin})) then '' else ${document}.payer->>'name' end`)
