import { expect, it } from 'vitest'
import { secretCommits } from './secret-commits.ts'

const sha = (number: number): string => number.toString(16).padStart(40, '0')

it('looks at no commit where none is named', () => {
  expect(secretCommits({})).toEqual([])
  expect(secretCommits({ 'secret-commits': ' ' })).toEqual([])
})

it('looks at what the checked-out commit comes from, not at other branches', () => {
  expect(secretCommits({ 'secret-commits': 'all' })).toEqual([['--full-history']])
})

it('asks for each commit once, in arguments that are not too long', () => {
  const commits = Array.from({ length: 1201 }, (_, index) => sha(index + 1))
  const lists = secretCommits({ 'secret-commits': commits.join(' ') })
  expect(lists.flatMap(([, ...own]) => own)).toEqual(commits)
  for (const list of lists) {
    expect(list[0]).toBe('--no-walk=unsorted')
    expect(list.join(' ').length).toBeLessThan(100_000)
  }
})

it.each(['--output=/etc/passwd', 'HEAD', 'main', sha(1).slice(1), `${sha(1)};id`])('refuses %s', (text) => {
  expect(() => secretCommits({ 'secret-commits': text })).toThrow(/is no commit/)
})
