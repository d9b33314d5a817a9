/** Texts that try to leave their place, wherever a report holds text from outside. */
import type { Finding } from '../../finding/finding.ts'
import type { Report } from '../report.ts'

export const hostileTexts: readonly string[] = [
  'a | b \\| c \\\\| d |',
  '@octocat and @org/team, fixes #1, GH-2, owner/repo#3, mail me@example.com',
  '<script>alert(1)</script><img src=x onerror=alert(1)><!-- ',
  '</details></table></td><h1>big</h1>',
  '[click](javascript:alert(1)) ![image](https://evil.example/x.png) [ref]: https://evil.example',
  'https://evil.example/a?b=c www.evil.example http://x.example ftp://x.example mailto:a@b.example',
  ':bomb: :+1: **bold** _em_ ~~gone~~ $x^2$ $`y`$ `code` ``two`` ` one',
  '::error file=a.py::owned\n::set-output name=x::y',
  'x ##[add-mask]y ##vso[task.setvariable]z',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007 \u009b31m',
  '\u202egnp.exe\u202c \u200bhidden\u2066 \u0007\u001b[31mred\u001b[0m \u0000 \ud800',
  '# heading\n- item\n1. one\n> quote\n```\nfence\n```\n| a |\n|---|',
  '&lt;b&gt; &#64;octocat &amp; &nbsp;',
  '</script><script>alert(1)</script>',
  'x'.repeat(5000),
  '😀'.repeat(300),
  '\\',
  '!',
  ' `` ` `` ',
]

/** A report with one of these texts in every place that a repository or a tool can write to. */
export function hostileReport(like: Report, texts: readonly string[] = hostileTexts): Report {
  const text = (index: number): string => texts[index % texts.length] ?? ''
  const findings = texts.map(
    (message, index): Finding => ({
      tool: index % 2 === 0 ? 'ruff' : text(index),
      rule: text(index + 1),
      level: 'error',
      message,
      location: {
        path: `src/${text(index + 2).replaceAll('/', '∕')}`,
        line: index + 1,
        outside: index % 5 === 0,
      },
      help: index % 2 === 0 ? 'javascript:alert(1)' : 'https://docs.example/"><script>',
      fingerprint: `hostile${index}`,
      state: 'new',
      symbol: text(index),
    }),
  )
  return {
    ...like,
    id: text(0),
    reasons: [
      { code: 'rule-failed', message: text(1) },
      { code: 'rule-failed', message: text(2) },
    ],
    rules: like.rules.map((outcome, index) => ({ ...outcome, at: text(index), message: text(index + 1) })),
    tools: like.tools.map((tool, index) => ({
      ...tool,
      name: index === 0 ? tool.name : text(index),
      version: text(index + 3),
      status: index === 1 ? 'failed' : tool.status,
      why: text(index + 7),
      versionFrom: text(index + 4),
      package: text(index + 5),
      notices: [{ level: 'notice', message: text(index + 6) }],
    })),
    findings,
    blocks: [
      { kind: 'paragraph', text: text(2) },
      { kind: 'list', items: texts },
      {
        kind: 'table',
        columns: [{ title: 'a' }, { title: 'b' }],
        rows: texts.map((one) => [one, text(0)]),
      },
      {
        kind: 'details',
        title: text(3),
        blocks: [{ kind: 'code', language: 'x`"> y', text: texts.join('\n') }],
      },
      { kind: 'link', label: text(2), url: text(4) },
      { kind: 'bar', label: text(2), percent: 55 },
      {
        kind: 'chart',
        title: text(2),
        unit: text(0),
        points: texts.map((label, index) => ({ label, value: index })),
      },
    ],
    notices: texts,
    degraded: [{ what: text(1), why: text(2) }],
    inputs: texts.map((value, index) => ({ name: text(index + 1), value, from: text(index + 2) })),
    laptop: text(6),
  }
}
