/** The labels of this suite's tests, from its inputs, its packages and its files. */
import type { TestLabels } from './labels/label-tests.ts'
import { labelTests } from './labels/label-tests.ts'
import { testKinds } from './results/test-result.ts'
import type { Suite } from './suite.ts'

export function suiteLabels({ context, top, project, files, packages }: Suite): TestLabels {
  return labelTests({ top, cwd: project.root, files, packages, kinds: context.inputs.kinds })
}

/** Sentences about the input `kinds`. */
export function kindProblems(kinds: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.keys(kinds)
    .filter((kind) => !testKinds.some((each) => each === kind))
    .map((kind) => `\`kinds\`: \`${kind}\` is no kind; there are \`${testKinds.join('`, `')}\`.`)
}

/** A glob with a slip in it would else leave tests without a kind in silence. */
export function unusedKinds(labels: TestLabels): readonly string[] {
  return labels
    .unused()
    .map((glob) => `\`kinds\`: \`${glob.replaceAll('`', "'")}\` fits the file of no test.`)
}
