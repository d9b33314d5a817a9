/** The report as one HTML file that needs nothing else: no network, no fonts, no frame around it. */
import { createHash } from 'node:crypto'
import type { ToolRun } from '../tool/tool.ts'
import { blockHtml, detailsHtml } from './blocks-html.ts'
import { actualFigure, baseFigure, count, counted, duration, missing, ruleText } from './figures.ts'
import { contextParts, headline, loosenedTitle, troubleOf } from './headline.ts'
import { escapeHtml, escapeHtmlText, jsonForScript, proseHtml, tableHtml } from './html.ts'
import { pageData, states } from './page-data.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'
import { plainProse } from './prose.ts'
import { fixSentence, rankedFindings } from './ranking.ts'
import type { Report } from './report.ts'
import {
  allNotices,
  didRun,
  failedAdvice,
  leftOutTools,
  shownTools,
  statusText,
  toolsTitle,
  toolTitle,
  versionOrigin,
} from './summary-details.ts'
import { orderedRules, outcomeIcons, toolList, withoutSubject } from './summary-rules.ts'

export function renderHtml(report: Report): string {
  const { icon, text } = headline(report)
  const title = `${icon} ${plainProse(text)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body class="${report.verdict}">
<h1>${escapeHtml(icon)} ${proseHtml(text)}</h1>
${leadHtml(report)}${loosenedHtml(report)}${rulesHtml(report)}${failedToolsHtml(report)}${bodyHtml(report)}
<footer>${footerHtml(report)}</footer>
${report.findings.length === 0 ? '' : `<script>${pageScript}</script>\n`}</body>
</html>
`
}

/** Only this very style and script; a text that slipped through could neither run nor load anything. */
const policy = `default-src 'none'; style-src '${sha256(pageStyle)}'; script-src '${sha256(pageScript)}'; base-uri 'none'; form-action 'none'`

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
}

/** After a green verdict the list of problems is the last thing anybody asks for. */
function bodyHtml(report: Report): string {
  const blocks = report.blocks.map(blockHtml).join('')
  const folded = `${blocks}\n${toolsHtml(report)}${noticesHtml(report)}${inputsHtml(report)}`
  const problems = findingsHtml(report)
  return report.verdict === 'passed' ? folded + problems : problems + folded
}

function leadHtml(report: Report): string {
  if (troubleOf(report) === undefined) {
    const [first = '', ...others] = contextParts(report)
    return `<p>${[`<b>${escapeHtml(first)}</b>`, ...others.map(escapeHtml)].join(' · ')}</p>\n`
  }
  const reasons = report.reasons.map(
    ({ message }) => `<li>${message.split('\n').map(proseHtml).join('<br>')}</li>`,
  )
  return `<ul>${reasons.join('\n')}</ul>\n`
}

function loosenedHtml({ loosened }: Report): string {
  if (loosened.length === 0) return ''
  const items = loosened.map((each) => `<li>${proseHtml(each)}</li>`)
  return `<p><b>${loosenedTitle}:</b></p>\n<ul>${items.join('\n')}</ul>\n`
}

function rulesHtml(report: Report): string {
  if (report.rules.length === 0) return ''
  const rows = orderedRules(report).map((outcome) => {
    const now = escapeHtml(actualFigure(outcome))
    const source =
      outcome.actual === undefined
        ? proseHtml(withoutSubject(outcome.message))
        : outcome.at === undefined
          ? escapeHtml(toolList(outcome.tools, report))
          : `<code>${escapeHtml(outcome.at)}</code>`
    return [
      outcomeIcons[outcome.outcome],
      `${outcome.rule.warn ? 'warn ' : ''}<code>${escapeHtml(ruleText(outcome))}</code>`,
      outcome.outcome === 'failed' ? `<b>${now}</b>` : now,
      escapeHtml(baseFigure(outcome)),
      source,
    ]
  })
  const right = 'right' as const
  return tableHtml(
    [
      { title: '' },
      { title: 'rule' },
      { title: 'now', align: right },
      { title: 'base', align: right },
      { title: 'from' },
    ],
    rows,
  )
}

function failedToolsHtml(report: Report): string {
  const failed = report.tools.filter((tool) => tool.status === 'failed')
  if (failed.length === 0) return ''
  return `${failed.map(failedToolHtml).join('')}<p>${proseHtml(failedAdvice(report))}</p>\n`
}

function failedToolHtml(tool: ToolRun): string {
  const [first = '', ...printed] = (tool.why ?? '').split('\n')
  const output = printed.join('\n').trim()
  const pre = output === '' ? '' : `<pre><code>${escapeHtmlText(output)}</code></pre>\n`
  return `<p><b>${escapeHtml(toolTitle(tool))} failed</b>: ${proseHtml(first)}</p>\n${pre}`
}

function findingsHtml(report: Report): string {
  if (report.findings.length === 0) return ''
  const data = pageData(report)
  const used = new Set(data.rows.map((row) => states[row[3] ?? 0]))
  const stateOptions = states.filter((state) => used.has(state)).map((state) => option(state, state))
  const counts = data.rows.some((row) => ((row[8] ?? 0) & 1) === 1)
  const fix = fixSentence(rankedFindings(report).counting, report)
  const hint = fix === '' ? '' : `<p>${proseHtml(fix)}</p>\n`
  return `<h2>Problems</h2>
${hint}<noscript><p>The list needs JavaScript; results.sarif and result.json beside this page hold the same.</p></noscript>
<form hidden>
<input name="text" type="search" placeholder="Text, file or rule" aria-label="Text, file or rule">
<select name="tool" aria-label="Tool">${option('', 'every tool')}${data.tools.map((tool) => option(tool, tool)).join('')}</select>
<select name="level" aria-label="Level">${option('', 'every level')}${data.levels.map((level) => option(level, level)).join('')}</select>
<select name="state" aria-label="State">${counts ? option('counts', 'what counts') : ''}${option('all', 'every state')}${stateOptions.join('')}</select>
<select name="order" aria-label="Order">${option('rank', 'by importance')}${option('file', 'by file')}</select>
</form>
<p class="soft" id="status"></p>
<ol class="list"></ol>
<p><button type="button" id="more" hidden>Show more</button></p>
<script type="application/json" id="data">${jsonForScript(data)}</script>
`
}

function option(value: string, label: string): string {
  return `<option value="${escapeHtml(value)}">${escapeHtml(label)}</option>`
}

function toolsHtml(report: Report): string {
  if (report.tools.length === 0) return ''
  const right = 'right' as const
  const rows = shownTools(report).map((tool) => [
    escapeHtml(toolTitle(tool)),
    escapeHtml(tool.version ?? missing),
    escapeHtml(versionOrigin(tool)),
    proseHtml(statusText(tool)),
    didRun(tool) ? count(tool.findings) : '',
    didRun(tool) && tool.new !== undefined ? count(tool.new) : '',
    tool.remembered === 0 ? '' : `${count(tool.remembered)} of ${count(tool.files)}`,
    tool.version === undefined ? '' : duration(tool.seconds),
  ])
  const columns = ['findings', 'new', 'remembered', 'time'].map((title) => ({ title, align: right }))
  const table = tableHtml(
    [{ title: 'tool' }, { title: 'version' }, { title: 'from' }, { title: 'status' }, ...columns],
    rows,
  )
  const leftOut = leftOutTools(report).map((line) => `<li>${proseHtml(line)}</li>`)
  const list = leftOut.length === 0 ? '' : `<ul>${leftOut.join('\n')}</ul>\n`
  return detailsHtml(toolsTitle(report), (rows.length === 0 ? '' : table) + list)
}

function noticesHtml(report: Report): string {
  const notices = allNotices(report)
  if (notices.length === 0) return ''
  return detailsHtml(
    `Notices: ${count(notices.length)}`,
    `<ul>${notices.map((notice) => `<li>${proseHtml(notice)}</li>`).join('\n')}</ul>\n`,
  )
}

function inputsHtml(report: Report): string {
  if (report.inputs.length === 0) return ''
  const rows = report.inputs.map(({ name, value, from }) => [
    `<code>${escapeHtml(name)}</code>`,
    `<code>${escapeHtml(value)}</code>`,
    proseHtml(from),
  ])
  const table = tableHtml([{ title: 'input' }, { title: 'value' }, { title: 'from' }], rows)
  return detailsHtml(`Settings: ${counted(report.inputs.length, 'input')} not at the default`, table)
}

function footerHtml(report: Report): string {
  const laptop =
    report.laptop === '' ? '' : ` · the same on a laptop: <code>${escapeHtml(report.laptop)}</code>`
  return `${escapeHtml(`ci-actions/${report.action} ${report.actionVersion}`)} · ${duration(report.seconds)}${laptop}`
}
