/** Text that becomes a command, a query, a program, a page or an address. */
import type { SemgrepRule } from './rule.ts'
import { fromRequest, madeHarmless, oneOf } from './rule.ts'

const python = ['python'] as const

export const injection: readonly SemgrepRule[] = [
  {
    id: 'sql-from-text',
    languages: python,
    severity: 'ERROR',
    message:
      'The SQL is put together from text, so that a value in it can change the query. Give values as parameters, and names through the driver or a fixed list.',
    metadata: { cwe: [89], impact: 'HIGH', likelihood: 'MEDIUM' },
    mode: 'taint',
    'pattern-sources': oneOf('f"...{$V}..."', '"..." % $V', '"...".format(...)', '"..." + $V', '$V + "..."'),
    'pattern-sinks': [
      {
        patterns: [
          ...oneOf(
            '$DB.execute($SQL, ...)',
            '$DB.executemany($SQL, ...)',
            '$DB.executescript($SQL, ...)',
            '$DB.raw($SQL, ...)',
            'sqlalchemy.text($SQL)',
          ),
          { 'focus-metavariable': '$SQL' },
        ],
      },
    ],
  },
  {
    id: 'command-from-request',
    languages: python,
    severity: 'ERROR',
    message:
      'A client of the service chooses part of a command line. Take the value from a fixed list, and start the program with a list of arguments and no shell.',
    metadata: { cwe: [78], impact: 'HIGH', likelihood: 'HIGH' },
    mode: 'taint',
    'pattern-sources': fromRequest,
    'pattern-sinks': oneOf(
      'os.system(...)',
      'os.popen(...)',
      'subprocess.run(...)',
      'subprocess.call(...)',
      'subprocess.check_call(...)',
      'subprocess.check_output(...)',
      'subprocess.Popen(...)',
      'subprocess.getoutput(...)',
      'asyncio.create_subprocess_shell(...)',
    ),
    'pattern-sanitizers': [...madeHarmless, ...oneOf('shlex.quote(...)')],
  },
  {
    id: 'shell-with-variable',
    languages: python,
    severity: 'ERROR',
    message:
      'A shell reads a command line that is not fixed. Start the program with a list of arguments, without `shell=True`.',
    metadata: { cwe: [78], impact: 'HIGH', likelihood: 'MEDIUM' },
    patterns: [
      {
        'pattern-either': [
          { pattern: 'subprocess.$F($COMMAND, ..., shell=True, ...)' },
          { pattern: 'os.system($COMMAND)' },
          { pattern: 'os.popen($COMMAND, ...)' },
          { pattern: 'asyncio.create_subprocess_shell($COMMAND, ...)' },
        ],
      },
      { 'pattern-not': 'subprocess.$F("...", ..., shell=True, ...)' },
      { 'pattern-not': 'os.system("...")' },
      { 'pattern-not': 'os.popen("...", ...)' },
      { 'pattern-not': 'asyncio.create_subprocess_shell("...", ...)' },
    ],
  },
  {
    id: 'code-from-text',
    languages: python,
    severity: 'ERROR',
    message:
      'Text that is not fixed is run as a program. Use `ast.literal_eval` or JSON for data, a dictionary of functions for choices.',
    metadata: { cwe: [95], impact: 'HIGH', likelihood: 'MEDIUM' },
    patterns: [
      ...oneOf('eval($CODE, ...)', 'exec($CODE, ...)'),
      { 'pattern-not': 'eval("...", ...)' },
      { 'pattern-not': 'exec("...", ...)' },
    ],
  },
  {
    id: 'template-from-request',
    languages: python,
    severity: 'ERROR',
    message:
      'A client of the service writes part of a template, which can run code here. Give the value to a fixed template as a variable.',
    metadata: { cwe: [1336], impact: 'HIGH', likelihood: 'HIGH' },
    mode: 'taint',
    'pattern-sources': fromRequest,
    'pattern-sinks': [
      {
        patterns: [
          ...oneOf(
            'flask.render_template_string($TEMPLATE, ...)',
            'jinja2.Template($TEMPLATE, ...)',
            '$ENVIRONMENT.from_string($TEMPLATE, ...)',
          ),
          { 'focus-metavariable': '$TEMPLATE' },
        ],
      },
    ],
    'pattern-sanitizers': madeHarmless,
  },
  {
    id: 'template-without-escaping',
    languages: python,
    severity: 'WARNING',
    message:
      'Jinja writes values into pages as they are, markup included. Use `autoescape=jinja2.select_autoescape()`.',
    metadata: { cwe: [79], impact: 'MEDIUM', likelihood: 'MEDIUM' },
    patterns: [
      { pattern: 'jinja2.Environment(...)' },
      { 'pattern-not': 'jinja2.Environment(..., autoescape=True, ...)' },
      { 'pattern-not': 'jinja2.Environment(..., autoescape=$CHOICE(...), ...)' },
    ],
  },
  {
    id: 'address-from-request',
    languages: python,
    severity: 'ERROR',
    message:
      'A client of the service chooses which address is asked, which can be one inside the network. Take the host from a fixed list.',
    metadata: { cwe: [918], impact: 'HIGH', likelihood: 'MEDIUM' },
    mode: 'taint',
    'pattern-sources': fromRequest,
    'pattern-sinks': [
      {
        patterns: [
          ...oneOf(
            'requests.$F($URL, ...)',
            'httpx.$F($URL, ...)',
            'urllib.request.urlopen($URL, ...)',
            'urllib.request.Request($URL, ...)',
            'aiohttp.request($M, $URL, ...)',
          ),
          { 'focus-metavariable': '$URL' },
        ],
      },
    ],
    'pattern-sanitizers': madeHarmless,
  },
  {
    id: 'redirect-from-request',
    languages: python,
    severity: 'WARNING',
    message:
      'A client of the service chooses where the browser is sent, which helps phishing. Redirect to paths of a fixed list.',
    metadata: { cwe: [601], impact: 'MEDIUM', likelihood: 'MEDIUM' },
    mode: 'taint',
    'pattern-sources': fromRequest,
    'pattern-sinks': [
      {
        patterns: [
          ...oneOf(
            'flask.redirect($URL, ...)',
            'django.shortcuts.redirect($URL, ...)',
            'django.http.HttpResponseRedirect($URL, ...)',
            'fastapi.responses.RedirectResponse($URL, ...)',
            'starlette.responses.RedirectResponse($URL, ...)',
          ),
          { 'focus-metavariable': '$URL' },
        ],
      },
    ],
    'pattern-sanitizers': [...madeHarmless, ...oneOf('flask.url_for(...)', 'django.urls.reverse(...)')],
  },
  {
    id: 'path-from-request',
    languages: python,
    severity: 'ERROR',
    message:
      'A client of the service chooses which file is opened, `../` included. Take the name from a fixed list, or check that the resolved path stays in its folder.',
    metadata: { cwe: [22], impact: 'HIGH', likelihood: 'MEDIUM' },
    mode: 'taint',
    'pattern-sources': fromRequest,
    'pattern-sinks': [
      {
        patterns: [
          ...oneOf(
            'open($PATH, ...)',
            'flask.send_file($PATH, ...)',
            'fastapi.responses.FileResponse($PATH, ...)',
          ),
          { 'focus-metavariable': '$PATH' },
        ],
      },
    ],
    'pattern-sanitizers': [
      ...madeHarmless,
      ...oneOf('werkzeug.utils.secure_filename(...)', 'os.path.basename(...)'),
    ],
  },
]
