/** Data, connections and secrets that are trusted without reason. */
import type { SemgrepRule } from './rule.ts'
import { oneOf } from './rule.ts'

const python = ['python'] as const

export const trust: readonly SemgrepRule[] = [
  {
    id: 'unsafe-deserialization',
    languages: python,
    severity: 'ERROR',
    message:
      'Reading this format runs whatever its author put in. Use JSON, or `yaml.safe_load`; where it must be this one, check a signature first.',
    metadata: { cwe: [502], impact: 'HIGH', likelihood: 'MEDIUM' },
    patterns: [
      ...oneOf(
        'pickle.load(...)',
        'pickle.loads(...)',
        'marshal.loads(...)',
        'dill.load(...)',
        'dill.loads(...)',
        'yaml.load(...)',
        'yaml.unsafe_load(...)',
        'yaml.full_load(...)',
      ),
      { 'pattern-not': 'yaml.load($DATA, yaml.SafeLoader)' },
      { 'pattern-not': 'yaml.load($DATA, yaml.CSafeLoader)' },
      { 'pattern-not': 'yaml.load($DATA, Loader=yaml.SafeLoader)' },
      { 'pattern-not': 'yaml.load($DATA, Loader=yaml.CSafeLoader)' },
    ],
  },
  {
    id: 'fast-password-hash',
    languages: python,
    severity: 'ERROR',
    message:
      'A hash that is fast to compute is fast to guess. Passwords belong into Argon2, scrypt or bcrypt, such as `hashlib.scrypt` with a salt.',
    metadata: { cwe: [916], impact: 'HIGH', likelihood: 'MEDIUM' },
    patterns: [
      {
        'pattern-either': [
          { pattern: 'hashlib.$HASH($PASSWORD, ...)' },
          { pattern: 'hashlib.$HASH($PASSWORD.encode(...), ...)' },
          { pattern: 'hashlib.$HASH($SALT + $PASSWORD.encode(...), ...)' },
        ],
      },
      {
        'metavariable-regex': {
          metavariable: '$HASH',
          regex: '^(md5|sha1|sha224|sha256|sha384|sha512|blake2[bs]|sha3_\\d+)$',
        },
      },
      {
        'metavariable-regex': { metavariable: '$PASSWORD', regex: '(?i).*(password|passwd|passphrase|pwd)' },
      },
    ],
  },
  {
    id: 'certificate-not-checked',
    languages: python,
    severity: 'ERROR',
    message:
      'Whoever sits in between can read and change this connection, because the certificate is not checked. Leave `verify` on; give it the file of a private authority.',
    metadata: { cwe: [295], impact: 'HIGH', likelihood: 'MEDIUM' },
    'pattern-either': [
      { pattern: 'requests.$F(..., verify=False, ...)' },
      { pattern: 'httpx.$F(..., verify=False, ...)' },
      { pattern: '$SESSION.verify = False' },
      { pattern: 'ssl._create_unverified_context(...)' },
      { pattern: '$CONTEXT.verify_mode = ssl.CERT_NONE' },
      { pattern: 'aiohttp.TCPConnector(..., ssl=False, ...)' },
    ],
  },
  {
    id: 'debugger-in-service',
    languages: python,
    severity: 'ERROR',
    message:
      'The debugger of Flask lets whoever reaches the service run code in it. Turn `debug` on by the environment of a developer alone.',
    metadata: { cwe: [489], impact: 'HIGH', likelihood: 'MEDIUM' },
    'pattern-either': [
      { pattern: '$APP.run(..., debug=True, ...)' },
      { pattern: '$APP.debug = True' },
      { pattern: 'fastapi.FastAPI(..., debug=True, ...)' },
    ],
  },
  {
    id: 'jwt-key-in-code',
    languages: python,
    severity: 'ERROR',
    message:
      'The key that signs tokens is written into the code: who reads it can sign in as anybody. Take it from the environment or a store of secrets, and replace this one.',
    metadata: { cwe: [321], impact: 'HIGH', likelihood: 'MEDIUM' },
    patterns: [
      { pattern: 'jwt.$F($TOKEN, $KEY, ...)' },
      { 'metavariable-regex': { metavariable: '$F', regex: '^(encode|decode)$' } },
      { 'metavariable-regex': { metavariable: '$KEY', regex: `^[bru]*["'](?!-----BEGIN PUBLIC)` } },
    ],
  },
  {
    id: 'jwt-not-verified',
    languages: python,
    severity: 'ERROR',
    message:
      'A token is believed without its signature. Give `jwt.decode` the key and the algorithms to accept.',
    metadata: { cwe: [347], impact: 'HIGH', likelihood: 'MEDIUM' },
    'pattern-either': [
      { pattern: 'jwt.decode(..., options={..., "verify_signature": False, ...}, ...)' },
      { pattern: 'jwt.decode(..., verify=False, ...)' },
      { pattern: 'jwt.decode(..., algorithms=[..., "none", ...], ...)' },
    ],
  },
  {
    id: 'archive-leaves-folder',
    languages: python,
    severity: 'WARNING',
    message:
      'An archive can write outside of the folder that it is unpacked to. Give `extractall` the argument `filter="data"`.',
    metadata: { cwe: [22], impact: 'HIGH', likelihood: 'LOW' },
    patterns: [
      {
        'pattern-either': [
          { pattern: 'tarfile.open(...).extractall(...)' },
          {
            patterns: [
              { pattern: '$TAR.extractall(...)' },
              {
                'pattern-either': [
                  { 'pattern-inside': '$TAR = tarfile.open(...)\n...' },
                  { 'pattern-inside': 'with tarfile.open(...) as $TAR:\n  ...' },
                ],
              },
            ],
          },
        ],
      },
      { 'pattern-not': '$OPENED.extractall(..., filter=$FILTER, ...)' },
    ],
  },
  {
    id: 'guessable-temporary-file',
    languages: python,
    severity: 'WARNING',
    message:
      'Somebody else can make the file first that this name is for. Use `tempfile.NamedTemporaryFile` or `mkstemp`.',
    metadata: { cwe: [377], impact: 'MEDIUM', likelihood: 'LOW' },
    'pattern-either': [{ pattern: 'tempfile.mktemp(...)' }],
  },
  {
    id: 'xml-with-entities',
    languages: python,
    severity: 'WARNING',
    message:
      'XML from outside can read files or fill the memory through its entities. Read it with `defusedxml`, or with `resolve_entities=False`.',
    metadata: { cwe: [611], impact: 'MEDIUM', likelihood: 'MEDIUM' },
    'pattern-either': [
      { pattern: 'lxml.etree.XMLParser(..., resolve_entities=True, ...)' },
      { pattern: 'xml.sax.parse(...)' },
      { pattern: 'xml.sax.parseString(...)' },
      { pattern: 'xml.dom.minidom.parse(...)' },
      { pattern: 'xml.dom.minidom.parseString(...)' },
      { pattern: 'xml.etree.ElementTree.parse(...)' },
      { pattern: 'xml.etree.ElementTree.fromstring(...)' },
    ],
  },
  {
    id: 'guessable-secret',
    languages: python,
    severity: 'WARNING',
    message: 'Numbers of `random` can be foretold. Make tokens, codes and passwords with `secrets`.',
    metadata: { cwe: [330], impact: 'MEDIUM', likelihood: 'MEDIUM' },
    patterns: [
      { 'pattern-either': [{ pattern: '$NAME = <... random.$F(...) ...>' }] },
      {
        'metavariable-regex': {
          metavariable: '$NAME',
          regex: '(?i).*(token|secret|password|passwd|otp|nonce|salt|session_?id)',
        },
      },
      {
        'metavariable-regex': {
          metavariable: '$F',
          regex: '^(random|randint|randrange|choice|choices|sample|getrandbits|randbytes|uniform)$',
        },
      },
    ],
  },
  {
    id: 'any-origin-with-credentials',
    languages: python,
    severity: 'WARNING',
    message:
      'Every web page may ask this service in the name of whoever is signed in. Name the origins that may.',
    metadata: { cwe: [942], impact: 'MEDIUM', likelihood: 'MEDIUM' },
    'pattern-either': [
      { pattern: '$APP.add_middleware($CORS, ..., allow_origins=["*"], ..., allow_credentials=True, ...)' },
      { pattern: 'flask_cors.CORS(..., origins="*", ..., supports_credentials=True, ...)' },
    ],
  },
]
