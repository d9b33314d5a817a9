const blocks = (readme: string): readonly string[] =>
  [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '')

/** The whole workflows that a README tells people to copy. */
export function readmeWorkflows(readme: string): readonly string[] {
  return blocks(readme).filter((block) => /^jobs:$/m.test(block))
}

/** The first of them. */
export function readmeWorkflow(readme: string): string {
  const [workflow] = readmeWorkflows(readme)
  if (workflow === undefined) throw new Error('the README has no workflow in a ```yaml block')
  return workflow
}
