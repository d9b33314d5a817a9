/** What our pytest plugin is told, and where it finds that. */

/** Name of the module; unlikely to be anybody else's, since its folder is in PYTHONPATH. */
export const recorderModule = 'ci_actions_recorder'

/** Environment variable with the path of the settings, a JSON file of the shape {@link RecorderSettings}. */
export const recorderVariable = 'CI_ACTIONS_RECORDER'

export interface RecorderSettings {
  /** Absolute path of the file that gets the records. */
  readonly records: string
  /** Absolute path for JUnit XML, where the project asks for none itself. */
  readonly junit: string
  /** Node ids to run, all others are deselected; undefined for all. */
  readonly only?: readonly string[] | undefined
  /** Has the last word about which tests run, and in which order. */
  readonly order?: TestOrder | undefined
  readonly coverage: RecorderCoverage
  /**
   * A few tests run again: no end after the first failure, no least coverage, which a few tests cannot reach, and
   * all reports to our own paths, since they would replace those of all tests.
   */
  readonly again: boolean
}

/** `exactly`: these, one after another as listed. `these`: in pytest's own order. `until`: all up to the last of them. */
export interface TestOrder {
  readonly kind: 'exactly' | 'these' | 'until'
  readonly ids: readonly string[]
}

export interface RecorderCoverage {
  /** What to measure where the project does not say; empty for what coverage's configuration says; undefined for none. */
  readonly source?: readonly string[] | undefined
  /** What to measure where that says nothing either. */
  readonly otherwise?: readonly string[] | undefined
  /** Absolute paths of reports, each written where the project does not ask for one of its kind itself. */
  readonly json: string
  readonly xml: string
  /** Absolute path of coverage's database, where the project does not measure by itself. */
  readonly data: string
}
