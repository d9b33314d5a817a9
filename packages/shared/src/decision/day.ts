/** Days as people write them, `YYYY-MM-DD` in UTC; they are in order as texts. Pure. */

const dayMs = 86_400_000

/** Whether it is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = startOf(text)
  return !Number.isNaN(time) && dayOf(time) === text
}

/** Of milliseconds since 1970. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function addDays(day: string, days: number): string {
  return dayOf(startOf(day) + days * dayMs)
}

/** Negative where `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
  return (startOf(to) - startOf(from)) / dayMs
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}
