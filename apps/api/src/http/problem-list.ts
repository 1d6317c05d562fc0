import { refusals } from '@yoman/domain/refusal'
import { httpProblems } from './problem.ts'
import { typeOf } from './problems.ts'
import { refusalTitles } from './refusal-titles.ts'

/** docs/PROBLEMS.md, made from the tables that the server answers from. */
export function problemList(): string {
  const rules = Object.entries(refusals).map(([code, status]): Row => [code, status, refusalTitles[code as keyof typeof refusals]]) // its own key
  const http = Object.entries(httpProblems).map(([code, { status, title }]): Row => [code, status, title])
  return `# Problems

Every error of the API is \`application/problem+json\` (RFC 9457). \`code\` is stable: programs and translations hang on it. \`type\` is
\`${typeOf('')}\` and the code; \`instance\` names the request, as the log does; \`params\` carries values for the sentence shown to a person;
\`errors\` points (JSON pointer) at the fields of a malformed request. With \`Retry-After\` the same request may simply be sent again later.

This file is made from the code: \`npx vitest run apps/api/src/http/documents.test.ts -u\`.

## Of the protocol

${table(http)}

## Of the clinic's rules

${table(rules)}
`
}

type Row = [code: string, status: number, title: string]

const table = (rows: Row[]): string => ['| Code | Status | Meaning |', '|---|---|---|', ...rows.map(([code, status, title]) => `| \`${code}\` | ${status} | ${title} |`)].join('\n')
