/** Shorter values would blank half the log. */
const shortestSecret = 4

export interface SecretMask {
  /** Hides a value from now on; gives the parts that were not hidden before. */
  add(secret: string): readonly string[]
  /** The text with `***` for every hidden value, also where it was escaped for JSON or a URL. */
  redact(text: string): string
}

/** Logs are read line by line, so a value of several lines is hidden line by line. */
export function createSecretMask(): SecretMask {
  const parts = new Set<string>()
  let pattern: RegExp | undefined

  return {
    add: (secret) => {
      const lines = secret.split(/[\r\n]+/).map((line) => line.trim())
      const added = lines.filter((line) => line.length >= shortestSecret && !parts.has(line))
      for (const line of added) parts.add(line)
      if (added.length > 0) pattern = undefined
      return added
    },
    redact: (text) => {
      if (parts.size === 0) return text
      pattern ??= patternOf(parts)
      return text.replace(pattern, '***')
    },
  }
}

/** Longest first, so that a secret which contains another one disappears whole. */
function patternOf(parts: ReadonlySet<string>): RegExp {
  const forms = new Set(
    [...parts].flatMap((part) => [part, JSON.stringify(part).slice(1, -1), urlForm(part)]),
  )
  const ordered = [...forms].sort((a, b) => b.length - a.length)
  return new RegExp(ordered.map(literally).join('|'), 'g')
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function urlForm(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
