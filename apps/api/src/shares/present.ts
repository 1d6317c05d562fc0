import type { PractitionerMonth as PractitionerMonthBody, ShareRule as ShareRuleBody, ShareStatement } from '@yoman/contract/shares'
import type { PieceRow } from '@yoman/db/shares/queries'
import type { ShareRule, ShareSums } from '@yoman/domain/shares/share'
import type { PractitionerMonth, Statement } from '@yoman/use-cases/shares/statement'

export const presentRule = ({ id, practitionerId, priceItemId, from, shareBasisPoints, fixedAgorot }: ShareRule): ShareRuleBody => ({ id, practitionerId, priceItemId, from: from.toString(), shareBasisPoints, fixedAgorot })

const presentSums = ({ pieces, gross, net, share, unruled, costs, born, total }: ShareSums) => ({
  pieces, grossAgorot: gross, netAgorot: net, shareAgorot: share, unruled, costsAgorot: costs, bornAgorot: born, totalAgorot: total,
})

export const presentMonthOf = ({ practitionerId, sums }: PractitionerMonth): PractitionerMonthBody => ({ practitionerId, ...presentSums(sums) })

const presentPiece = ({ id, kind, day, patient, name, nameEn, quantity }: PieceRow) => ({ id, kind, day: day.toString(), patient, name, nameEn, quantity })

export const presentStatement = (month: string, { practitioner, sums, pieces, costs }: Statement): ShareStatement => ({
  month, practitionerId: practitioner.id, ...presentSums(sums),
  items: pieces.map((one) => ({ ...presentPiece(one), grossAgorot: one.gross, netAgorot: one.net, shareAgorot: one.share, rule: one.rule && presentRule(one.rule) })),
  costs: costs.map(({ id, day, laboratory, reference, amount, born, of }) => ({ id, day: day.toString(), laboratory, reference, amountAgorot: amount, bornAgorot: born, of: presentPiece(of) })),
})
