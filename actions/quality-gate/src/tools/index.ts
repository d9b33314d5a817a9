/** All tools of the quality gate; their order is that of the report. */
import type { Tool } from '@ci-actions/shared'
import { black } from './black.ts'
import { cognitiveComplexity } from './cognitive-complexity.ts'
import { complexity } from './complexity.ts'
import { docstrings } from './docstrings.ts'
import { duplication } from './duplication.ts'
import { flake8 } from './flake8.ts'
import { isort } from './isort.ts'
import { mypy } from './mypy.ts'
import { pylint } from './pylint.ts'
import { pyright } from './pyright.ts'
import { ruff } from './ruff.ts'
import { ruffFormat } from './ruff-format.ts'
import { typeCoverage } from './type-coverage.ts'

export const tools: readonly Tool[] = [
  black,
  isort,
  ruffFormat,
  ruff,
  flake8,
  pylint,
  mypy,
  pyright,
  typeCoverage,
  complexity,
  cognitiveComplexity,
  duplication,
  docstrings,
]
