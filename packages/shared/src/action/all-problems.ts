/** What has to be right all at once, so that nobody mends one input to be told of the next. */
import { UserError } from './errors.ts'

/**
 * The results of all. Throws one `UserError` with the problems of all that threw one; an error of another kind is thrown
 * as it is, since nothing that the user mends would help.
 */
export async function allTogether<Results extends readonly unknown[]>(
  work: {
    readonly [Index in keyof Results]: Promise<Results[Index]>
  },
): Promise<Results> {
  const settled = await Promise.allSettled(work)
  const errors: unknown[] = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  const other = errors.find((error) => !(error instanceof UserError))
  if (other !== undefined) throw other
  const problems = errors.flatMap((error) => (error instanceof UserError ? error.problems : []))
  if (problems.length > 0) throw new UserError([...new Set(problems)])
  return Promise.all(work)
}
