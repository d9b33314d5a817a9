/** What GitHub allows, and what is sane in a file that another job has written. */
export const limits = {
  /** Jobs that GitHub starts from one matrix. */
  jobs: 256,
  /** Bytes of a job's outputs, which GitHub counts in UTF-16. */
  outputBytes: 1_048_576,
  tests: 500_000,
  /** UTF-16 units. */
  id: 8_192,
  /** UTF-16 units of a file; 50,000 tests take about 6 million. */
  file: 100_000_000,
  /** UTF-16 units of a leg as JSON. */
  leg: 10_000,
} as const
