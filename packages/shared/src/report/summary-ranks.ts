/** Ranks of parts: a smaller number finds room first. */
export const ranks = {
  title: 0,
  foot: 1,
  rules: 2,
  failedTools: 3,
  problems: 4,
  tools: 5,
  notices: 6,
  blocks: 7,
  rest: 8,
} as const
