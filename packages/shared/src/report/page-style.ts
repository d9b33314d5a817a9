/** The page's style: one column, light and dark, readable on a phone. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #fff; --raised: #f6f8fa; --line: #d1d9e0;
  --link: #0969da; --red: #cf222e; --amber: #9a6700; --green: #1a7f37; --code: #818b981f }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9198a1; --page: #0d1117; --raised: #151b23;
  --line: #3d444d; --link: #4493f8; --red: #f85149; --amber: #d29922; --green: #3fb950; --code: #656c7633 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 16px 24px 48px; max-width: 1080px; color: var(--text); background: var(--page);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 24px; line-height: 1.25; margin: 8px 0 12px; padding-bottom: 10px; border-bottom: 1px solid var(--line) }
h2 { font-size: 18px; margin: 28px 0 8px }
.failed h1 { border-color: var(--red) } .passed h1 { border-color: var(--green) }
.incomplete h1, .error h1 { border-color: var(--amber) }
a { color: var(--link); text-decoration: none } a:hover { text-decoration: underline }
code, pre, .place { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 85% }
code { background: var(--code); border-radius: 5px; padding: .15em .35em }
pre { background: var(--raised); border-radius: 6px; padding: 12px; overflow-x: auto } pre code { background: none; padding: 0 }
.scroll { overflow-x: auto } table { border-collapse: collapse; margin: 8px 0 }
th, td { border: 1px solid var(--line); padding: 5px 12px; text-align: left; vertical-align: top; overflow-wrap: normal }
th { background: var(--raised); font-weight: 600 } .right { text-align: right; white-space: nowrap }
.soft, footer { color: var(--soft); font-size: 13px }
details { border: 1px solid var(--line); border-radius: 6px; margin: 10px 0; padding: 0 14px }
details[open] { padding-bottom: 10px } summary { cursor: pointer; padding: 8px 0 }
form { display: flex; flex-wrap: wrap; gap: 8px; position: sticky; top: 0; padding: 8px 0; background: var(--page);
  border-bottom: 1px solid var(--line) }
input, select, button { font: inherit; font-size: 14px; color: inherit; background: var(--raised); padding: 6px 10px;
  border: 1px solid var(--line); border-radius: 6px; max-width: 100% }
input { flex: 1 1 220px; min-width: 0 } button { cursor: pointer }
ol { list-style: none; margin: 0; padding: 0 } .list li { padding: 8px 0; border-bottom: 1px solid var(--line) }
.meta { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline }
.meta .rule { margin-left: auto; color: var(--soft); font-size: 13px }
.error-level, .critical-level, .high-level { color: var(--red) } .note-level, .low-level { color: var(--link) }
.warning-level, .medium-level, .unknown-level { color: var(--amber) } .critical-level { font-weight: 600 }
.tag { font-size: 12px; color: var(--soft); border: 1px solid var(--line); border-radius: 10px; padding: 0 7px }
.bar { vertical-align: middle } .bar .empty { fill: var(--line) } .bar .full { fill: var(--link) }
figure { margin: 12px 0 } .chart { width: 100%; max-width: 640px; height: auto }
.chart polyline { fill: none; stroke: var(--link); stroke-width: 2 } .chart circle { fill: var(--link) }
.chart text { fill: var(--soft); font-size: 12px }
@media (max-width: 600px) { body { padding: 8px 12px 32px } h1 { font-size: 20px } th, td { padding: 4px 8px }
  form { position: static } select { flex: 1 1 40% } .meta .rule { margin-left: 0 } }
`
