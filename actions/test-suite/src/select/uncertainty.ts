/** Signs in a Python file that what it uses cannot be read from its imports. Pure. */

interface Sign {
  readonly pattern: RegExp
  readonly does: string
}

/** Words rather than calls, so that another name for a function does not hide it. */
const signs: readonly Sign[] = [
  {
    pattern: /\b(import_module|__import__)\b(?!\s*\(\s*(['"])\w+(\.\w+)*\2\s*\))/,
    does: 'imports by names that are made at run time',
  },
  {
    pattern:
      /\b(spec_from_file_location|spec_from_loader|SourceFileLoader|SourcelessFileLoader|load_module|load_source|exec_module|find_spec|find_module|find_loader|runpy|zipimport|import_string|import_object|load_object|resolve_name|locate|autodiscover\w*|lazy_loader|LazyLoader|lazy_import\w*|imp)\b/,
    does: 'loads modules by name or path',
  },
  { pattern: /\b(entry_points|iter_entry_points|pkg_resources|stevedore|pluggy)\b/, does: 'loads plugins' },
  { pattern: /\b(pkgutil|iter_modules|walk_packages|discover)\b/, does: 'looks for modules' },
  { pattern: /\balembic\b/, does: 'runs migrations, which are loaded by path' },
  {
    pattern:
      /\b(meta_path|path_hooks|path_importer_cache|__path__|addsitedir|extend_path|sys\.modules)\b|\bsys\s+import\b[^\n]*\bmodules\b/,
    does: 'changes how modules are found',
  },
  { pattern: /(?<![.\w])(exec|eval)\s*\(|\bbuiltins\b/, does: 'runs code that it makes' },
  {
    pattern:
      /\b(subprocess|popen|Popen|create_subprocess\w*|posix_spawn\w*|pexpect|pytester|testdir|script_runner)\b|(\.\s*|\bfrom\s+os\s+import\b[^;]{0,300}?\b)(system|exec[lv]\w*|spawn[lv]\w*|startfile)\b/,
    does: 'starts other programs',
  },
  {
    pattern: /\b(iterdir|rglob|glob|iglob|listdir|scandir|walk|getsource\w*|getsourcelines)\b|\.py[wx]?['"]/,
    does: 'reads files that it looks for, or Python files',
  },
]

/** What the file does that leaves open which other files it uses, as the end of a sentence; undefined if nothing. */
export function uncertaintyOf(source: string): string | undefined {
  const text = source.normalize('NFKC')
  const encoding = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/m.exec(text.split('\n', 2).join('\n'))?.[1]
  if (
    encoding !== undefined &&
    !/^(utf-?8|ascii|us-ascii|latin-?1|iso-8859-1)/i.test(encoding.replaceAll('_', '-'))
  )
    return 'is written in an encoding that is not read here'
  return signs.find(({ pattern }) => pattern.test(text))?.does
}
