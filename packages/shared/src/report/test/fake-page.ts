/** The HTML page with its script running, in as much of a document as the script uses. */
// biome-ignore lint/style/noRestrictedImports: runs the page's script for tests, in a world of its own.
import { runInNewContext } from 'node:vm'
import { renderHtml } from '../page.ts'
import { pageScript } from '../page-script.ts'
import type { Report } from '../report.ts'

interface FakeElement {
  textContent: string
  hidden: boolean
  value: string
  listeners: Map<string, () => void>
  children: (FakeElement | string)[]
}

/** As much of a document as the script uses. */
export function openPage(report: Report) {
  const html = renderHtml(report)
  const make = () => {
    const element = {
      textContent: '',
      hidden: false,
      value: '',
      listeners: new Map<string, () => void>(),
      children: [] as (FakeElement | string)[],
      append: (...items: (FakeElement | string)[]) => void element.children.push(...items),
      replaceChildren: () => void element.children.splice(0),
      addEventListener: (name: string, listener: () => void) => void element.listeners.set(name, listener),
    }
    return element
  }
  const inputs = { text: make(), tool: make(), level: make(), state: make(), order: make() }
  inputs.state.value = /<select name="state"[^>]*><option value="(\w+)"/.exec(html)?.[1] ?? ''
  const form = Object.assign(make(), inputs)
  const [list, status, more, data] = [make(), make(), make(), make()]
  data.textContent = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
  const byId: Record<string, unknown> = { data, status, more }
  const document = {
    getElementById: (id: string) => byId[id],
    querySelector: (selector: string) => (selector === 'form' ? form : list),
    createElement: make,
  }
  runInNewContext(pageScript, {
    document,
    setTimeout: (body: () => void) => body(),
    clearTimeout: () => undefined,
  })
  const textOf = (node: FakeElement | string): string =>
    typeof node === 'string' ? node : node.textContent + node.children.map(textOf).join('')
  return {
    status: () => status.textContent,
    items: () => list.children.map(textOf),
    click: () => more.listeners.get('click')?.(),
    filter: (values: Partial<Record<keyof typeof inputs, string>>) => {
      for (const [name, value] of Object.entries(values))
        Object.assign(form, { [name]: { ...inputs[name as keyof typeof inputs], value } })
      form.listeners.get('input')?.()
    },
  }
}
