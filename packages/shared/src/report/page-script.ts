/** The page's script: filters the findings and puts them into the document, a few hundred at a time, as text. */
export const pageScript = String.raw`
'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const form = document.querySelector('form')
const list = document.querySelector('.list')
const status = document.getElementById('status')
const more = document.getElementById('more')
const page = 200
const quoted = /\x60([^\x60]+)\x60|"([^"]+)"|(?<!\w)'([^']+)'(?!\w)/g
let texts
let found = []
let shown = 0

function element(name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

function link(address, text, className) {
  const made = element(address ? 'a' : 'span', className, text)
  if (address) { made.href = address; made.rel = 'noopener noreferrer' }
  return made
}

function addressOf(path, line, bits) {
  if (!data.link || bits & 4) return ''
  const template = line ? data.link : data.link.replace(/#.*\{line\}.*$/, '')
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return template.replaceAll('{path}', () => encoded).replaceAll('{line}', line)
}

function messageOf(message) {
  const made = element('div')
  let end = 0
  for (const match of message.matchAll(quoted)) {
    made.append(message.slice(end, match.index), element('code', '', match[1] || match[2] || match[3]))
    end = match.index + match[0].length
  }
  made.append(message.slice(end))
  return made
}

function itemOf([tool, rule, level, state, path, line, column, message, bits]) {
  const item = element('li')
  const meta = element('div', 'meta')
  const place = path < 0 ? 'whole project' : data.paths[path] + (line ? ':' + line : '') + (column ? ':' + column : '')
  meta.append(link(path < 0 ? '' : addressOf(data.paths[path], line, bits), place, 'place'))
  meta.append(element('span', data.levels[level] + '-level', data.levels[level]))
  if (data.states[state] !== 'unknown') meta.append(element('span', 'tag', data.states[state]))
  if (bits & 2) meta.append(element('span', 'tag', 'repairable'))
  const by = element('span', 'rule', data.tools[tool] + ' ')
  by.append(link(data.rules[rule].help, data.rules[rule].name))
  meta.append(by)
  item.append(meta, messageOf(data.messages[message]))
  return item
}

function showMore() {
  const next = found.slice(shown, shown + page)
  list.append(...next.map((index) => itemOf(data.rows[index])))
  shown += next.length
  const left = found.length - shown
  status.textContent = 'Showing ' + shown.toLocaleString('en') + ' of ' + found.length.toLocaleString('en') +
    (found.length < data.rows.length ? ' (' + data.rows.length.toLocaleString('en') + ' in all)' : '')
  more.hidden = left === 0
  more.textContent = 'Show ' + Math.min(page, left) + ' more'
}

function textOf([tool, rule, , , path, , , message]) {
  return [data.paths[path] || '', data.messages[message], data.tools[tool], data.rules[rule].name].join(' ').toLowerCase()
}

function filter() {
  const words = form.text.value.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length) texts = texts || data.rows.map(textOf)
  const tool = data.tools.indexOf(form.tool.value)
  const level = data.levels.indexOf(form.level.value)
  const state = form.state.value
  found = []
  data.rows.forEach((row, index) => {
    if (tool >= 0 && row[0] !== tool) return
    if (level >= 0 && row[2] !== level) return
    if (state === 'counts' ? !(row[8] & 1) : state !== 'all' && data.states[row[3]] !== state) return
    if (words.every((word) => texts[index].includes(word))) found.push(index)
  })
  if (form.order.value === 'file') {
    const place = (a, b) => {
      const left = data.paths[a[4]] || ''
      const right = data.paths[b[4]] || ''
      return left === right ? a[5] - b[5] : left < right ? -1 : 1
    }
    found.sort((a, b) => place(data.rows[a], data.rows[b]) || a - b)
  }
  shown = 0
  list.replaceChildren()
  showMore()
}

let waiting
form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 80) })
form.addEventListener('submit', (event) => event.preventDefault())
more.addEventListener('click', showMore)
form.hidden = false
filter()
`
