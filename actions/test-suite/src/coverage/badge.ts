/** A badge: as the endpoint that shields.io asks, and as a picture that needs nothing else. */

export interface Badge {
  readonly json: string
  readonly svg: string
}

interface Colour {
  /** From this percentage on. */
  readonly from: number
  /** A name that shields.io knows. */
  readonly name: string
  readonly hex: string
}

const colours: readonly Colour[] = [
  { from: 90, name: 'brightgreen', hex: '#2d8a34' },
  { from: 80, name: 'green', hex: '#5a8a0f' },
  { from: 70, name: 'yellowgreen', hex: '#7d7f12' },
  { from: 60, name: 'yellow', hex: '#9a6700' },
  { from: 50, name: 'orange', hex: '#bc4c00' },
  { from: 0, name: 'red', hex: '#c2332b' },
]

const unknown: Colour = { from: 0, name: 'lightgrey', hex: '#6e7781' }

/** `percent` from 0 to 100, rounded down so that only all is 100 %; undefined where nothing was measured. */
export function renderCoverageBadge(percent: number | undefined): Badge {
  const known = percent !== undefined && Number.isFinite(percent)
  const whole = known ? Math.floor(Math.min(100, Math.max(0, percent))) : -1
  const message = known ? `${whole}%` : 'unknown'
  const colour = colours.find(({ from }) => whole >= from) ?? unknown
  const json = { schemaVersion: 1, label: 'coverage', message, color: colour.name }
  return { json: `${JSON.stringify(json)}\n`, svg: picture('coverage', message, colour.hex) }
}

/** `textLength` makes the text as wide as it was estimated, whatever font the reader has. */
function picture(label: string, message: string, hex: string): string {
  const [left, right] = [textWidth(label), textWidth(message)]
  const [first, second] = [left + 12, right + 12]
  const width = first + second
  const text = (content: string, middle: number, length: number) =>
    `<text x="${middle}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${content}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${label}: ${message}">`,
    `<title>${label}: ${message}</title>`,
    `<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${first}" height="20" fill="#444d56"/><rect x="${first}" width="${second}" height="20" fill="${hex}"/></g>`,
    '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
    text(label, first / 2, left),
    text(message, first + second / 2, right),
    '</g></svg>\n',
  ].join('\n')
}

/** Pixels in Verdana at 11 pixels, roughly; the label and the message have no other characters. */
function textWidth(text: string): number {
  const widths = [...text].map((character) => (character === '%' ? 12 : character === 'w' ? 9 : 6.8))
  return Math.round(widths.reduce((sum, width) => sum + width, 0))
}
