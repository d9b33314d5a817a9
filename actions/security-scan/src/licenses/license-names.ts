/** What people and old metadata call licences, as SPDX identifiers. Pure. */

/**
 * Classifiers of PyPI, from behind `License :: OSI Approved ::`, and names as people write them, in lower case. Where one
 * leaves the version open, it is the one that most mean, so that patterns such as `GPL-*` fit.
 * https://packaging.python.org/en/latest/specifications/core-metadata/#classifier-multiple-use
 */
const names: Readonly<Record<string, string>> = {
  'apache software license': 'Apache-2.0',
  'apache license': 'Apache-2.0',
  'apache license 2.0': 'Apache-2.0',
  'apache license version 2.0': 'Apache-2.0',
  'apache 2.0': 'Apache-2.0',
  'apache 2': 'Apache-2.0',
  apache: 'Apache-2.0',
  'mit license': 'MIT',
  'the mit license': 'MIT',
  'expat license': 'MIT',
  'mit no attribution license (mit-0)': 'MIT-0',
  'bsd license': 'BSD-3-Clause',
  bsd: 'BSD-3-Clause',
  'new bsd license': 'BSD-3-Clause',
  'modified bsd license': 'BSD-3-Clause',
  '3-clause bsd license': 'BSD-3-Clause',
  'bsd 3-clause': 'BSD-3-Clause',
  'bsd 3-clause license': 'BSD-3-Clause',
  'simplified bsd license': 'BSD-2-Clause',
  'bsd 2-clause': 'BSD-2-Clause',
  'bsd 2-clause license': 'BSD-2-Clause',
  'isc license (iscl)': 'ISC',
  'isc license': 'ISC',
  'mozilla public license 1.1 (mpl 1.1)': 'MPL-1.1',
  'mozilla public license 2.0 (mpl 2.0)': 'MPL-2.0',
  'mpl 2.0': 'MPL-2.0',
  'python software foundation license': 'PSF-2.0',
  psf: 'PSF-2.0',
  'python license (cnri python license)': 'CNRI-Python',
  'the unlicense (unlicense)': 'Unlicense',
  'public domain': 'LicenseRef-Public-Domain',
  'zope public license': 'ZPL-2.1',
  'zlib/libpng license': 'Zlib',
  'boost software license 1.0 (bsl-1.0)': 'BSL-1.0',
  'academic free license (afl)': 'AFL-3.0',
  'eclipse public license 1.0 (epl-1.0)': 'EPL-1.0',
  'eclipse public license 2.0 (epl-2.0)': 'EPL-2.0',
  'european union public licence 1.2 (eupl 1.2)': 'EUPL-1.2',
  'universal permissive license (upl)': 'UPL-1.0',
  'historical permission notice and disclaimer (hpnd)': 'HPND',
  'cc0 1.0 universal (cc0 1.0) public domain dedication': 'CC0-1.0',
  'gnu general public license (gpl)': 'GPL-1.0-or-later',
  gpl: 'GPL-1.0-or-later',
  'gnu general public license v2 (gplv2)': 'GPL-2.0-only',
  'gnu general public license v2 or later (gplv2+)': 'GPL-2.0-or-later',
  'gnu general public license v3 (gplv3)': 'GPL-3.0-only',
  gplv3: 'GPL-3.0-only',
  'gnu general public license v3 or later (gplv3+)': 'GPL-3.0-or-later',
  'gplv3+': 'GPL-3.0-or-later',
  'gnu lesser general public license v2 (lgplv2)': 'LGPL-2.0-only',
  'gnu lesser general public license v2 or later (lgplv2+)': 'LGPL-2.0-or-later',
  'gnu lesser general public license v3 (lgplv3)': 'LGPL-3.0-only',
  'gnu lesser general public license v3 or later (lgplv3+)': 'LGPL-3.0-or-later',
  'gnu library or lesser general public license (lgpl)': 'LGPL-2.0-or-later',
  lgpl: 'LGPL-2.0-or-later',
  'gnu affero general public license v3': 'AGPL-3.0-only',
  'gnu affero general public license v3 (agplv3)': 'AGPL-3.0-only',
  'gnu affero general public license v3 or later (agplv3+)': 'AGPL-3.0-or-later',
  agpl: 'AGPL-3.0-only',
}

/** Identifiers of one word, which nothing else tells from a word that says nothing. */
const words = new Set(
  [
    ...['MIT', 'ISC', 'Zlib', 'Unlicense', 'WTFPL', 'PSF', 'HPND', 'Beerware', 'JSON', 'Ruby', 'Vim', 'X11'],
    ...[
      'NCSA',
      'curl',
      'Libpng',
      'libtiff',
      'OpenSSL',
      'Intel',
      'FTL',
      'ICU',
      'NTP',
      'TCL',
      'W3C',
      'Sleepycat',
    ],
    ...['BlueOak', 'SSPL', 'ImageMagick', 'Info-ZIP', 'Xnet', 'Fair', 'MirOS', 'Naumen', 'NGPL', 'Nokia'],
  ].map((word) => word.toLowerCase()),
)

/** The identifier of a name or of a classifier; undefined for one that is not in the table. */
export function licenseOfName(name: string): string | undefined {
  const key = name.trim().toLowerCase().replaceAll(/\s+/g, ' ').replaceAll(/[",]/g, '')
  return Object.hasOwn(names, key) ? names[key] : undefined
}

/** Whether an identifier says which licence it is. `Proprietary` and `Other` do not. */
export function isLicenseId(id: string): boolean {
  if (/^(?:NOASSERTION|NONE|UNKNOWN|UNLICENSED|SEE|OTHER)$/i.test(id)) return false
  return words.has(id.toLowerCase()) || (/[A-Za-z]/.test(id) && /[-.\d]/.test(id))
}

/** As the list of SPDX has them since version 3: `GPL-2.0` is `GPL-2.0-only`, `GPL-2.0+` is `GPL-2.0-or-later`. */
export function currentId(id: string): string {
  const [, family, plus] = /^((?:A|L)?GPL-\d\.\d|GFDL-1\.\d)(\+?)$/i.exec(id) ?? []
  return family === undefined ? id : `${family}${plus === '+' ? '-or-later' : '-only'}`
}
