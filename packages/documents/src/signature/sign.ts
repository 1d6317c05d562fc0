import { Signer, SignPdf } from '@signpdf/signpdf'
import type { SigningIdentity } from '@yoman/domain/invoices/signing'
import forge from 'node-forge'
import { pdfTime } from '../clock.ts'
import { type Paper, toBuffer } from '../pen.ts'
import { certificateToSignWith, mostBytes } from './identity.ts'

/** What a signature says of itself beside the certificate. */
export interface Signing {
  identity: SigningIdentity
  /** Who signs, as on the document. */
  name: string
  /** When it is signed: that of the issue, so that the same document gives the same bytes. */
  atMs: number
}

/** Bytes kept for the signature: the certificates, and what is said beside them. */
const room = mostBytes + 3_000
/** What the library looks for and writes the real ranges over (ISO 32000-1, 12.8.1). */
const unknown = '**********'

/**
 * Ends the document and signs it with the business's certificate (PDF signature `adbe.pkcs7.detached`, SHA-256 with RSA; ISO 32000-1, 12.8.3.3).
 * Nothing of it is seen on the page: readers show it by themselves. Whoever changes a byte afterwards breaks it. @returns the bytes, the same for the same document, identity and time.
 */
export async function toSignedBuffer(paper: Paper, { identity, name, atMs }: Signing): Promise<Buffer> {
  const at = pdfTime(atMs)
  keepRoom(paper, name, at)
  return new SignPdf().sign(await toBuffer(paper), new DetachedSigner(identity), at)
}

/** Makes the signature itself: CMS (RFC 5652) beside the bytes it is of, with the time and the certificates in it. */
class DetachedSigner extends Signer {
  private readonly identity: SigningIdentity

  constructor(identity: SigningIdentity) {
    super()
    this.identity = identity
  }

  override sign(pdf: Buffer, at?: Date): Promise<Buffer> {
    const { oids } = forge.pki
    const [own = '', ...chain] = this.identity.certificates
    const certificate = certificateToSignWith(own)
    const signed = forge.pkcs7.createSignedData()
    signed.content = forge.util.createBuffer(pdf.toString('latin1'))
    for (const one of [certificate, ...chain]) signed.addCertificate(one)
    signed.addSigner({
      key: this.identity.key, certificate, digestAlgorithm: oids['sha256'] ?? '',
      authenticatedAttributes: [
        { type: oids['contentType'] ?? '', value: oids['data'] ?? '' }, { type: oids['messageDigest'] ?? '' },
        // The types want a text, the code a date: as a text it would be written as it stands.
        { type: oids['signingTime'] ?? '', value: at as unknown as string },
      ],
    })
    signed.sign({ detached: true })
    return Promise.resolve(Buffer.from(forge.asn1.toDer(signed.toAsn1()).getBytes(), 'latin1'))
  }
}

/** A field for the signature, of no size, on the first page. */
function keepRoom(paper: Paper, name: string, at: Date): void {
  const signature = paper.ref({
    Type: 'Sig', Filter: 'Adobe.PPKLite', SubFilter: 'adbe.pkcs7.detached', ByteRange: [0, unknown, unknown, unknown], Contents: Buffer.alloc(room),
    Name: new String(name), M: at,
  })
  signature.end(undefined)
  paper.switchToPage(0)
  paper.initForm()
  const field = paper.ref({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: new String('signature'), Rect: [0, 0, 0, 0], V: signature, F: 4 | 128, P: paper.page.dictionary }) // printed, locked
  field.end(undefined)
  const form = formOf(paper)
  form['Fields'] = [field]
  form['SigFlags'] = 3 // there is a signature, and it is broken by anything but an appendix
  delete form['NeedAppearances'] // a reader that draws the field anew would change the document
  paper.page.annotations.push(field)
}

/** PDFKit makes forms of text fields only; its form is what it keeps at the document's root. */
function formOf(paper: Paper): Record<string, unknown> {
  const root: unknown = Reflect.get(paper, '_root')
  const form = isObject(root) && isObject(root['data']) ? root['data']['AcroForm'] : undefined
  if (!isObject(form) || !isObject(form['data'])) throw new Error('PDFKit keeps its form elsewhere')
  return form['data']
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
