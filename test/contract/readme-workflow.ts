/** The workflow that the README tells people to copy: its first YAML block that is a whole workflow. */
export function readmeWorkflow(readme: string): string {
  const blocks = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '')
  const workflow = blocks.find((block) => /^jobs:$/m.test(block))
  if (workflow === undefined) throw new Error('the README has no workflow in a ```yaml block')
  return workflow
}
