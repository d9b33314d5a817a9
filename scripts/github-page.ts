/** Pages that show Markdown the way GitHub does, for samples and for the demo. */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** Close to GitHub's, written for this page. */
const style = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #fff; --raised: #f6f8fa; --line: #d1d9e0;
  --link: #0969da; --code: #818b981f }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #9198a1; --page: #0d1117; --raised: #151b23;
  --line: #3d444d; --link: #4493f8; --code: #656c7633 } }
body { margin: 0 auto; padding: 16px; max-width: 980px; color: var(--text); background: var(--page);
  font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; overflow-wrap: break-word }
h2 { padding-bottom: .3em; border-bottom: 1px solid var(--line); font-size: 24px }
h3 { font-size: 20px } a { color: var(--link); text-decoration: none }
code { background: var(--code); border-radius: 6px; padding: .2em .4em; font-size: 85%;
  font-family: ui-monospace, Menlo, Consolas, monospace }
h2 code { font-size: inherit } pre { background: var(--raised); border-radius: 6px; padding: 16px; overflow: auto }
pre code { background: none; padding: 0 }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; margin: 0 0 16px }
th, td { border: 1px solid var(--line); padding: 6px 13px } tr:nth-child(2n) td { background: var(--raised) }
details { margin-bottom: 10px } summary { cursor: pointer }
`

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style>
${body}</html>
`
}

/** GitHub allows HTML and then sanitises; here our own renderings are trusted to hold nothing bad. */
export function githubPage(title: string, markdown: string): string {
  return page(
    title,
    micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }),
  )
}
