/** All scanners; their order is that of the report. */
import type { Tool } from '@ci-actions/shared'
import { actionlint } from './actionlint.ts'
import { bandit } from './bandit.ts'
import { dependencyConflicts } from './dependency-conflicts.ts'
import { detectSecrets } from './detect-secrets.ts'
import { eslintSecurity } from './eslint-security.ts'
import { gitleaks } from './gitleaks.ts'
import { hadolint } from './hadolint.ts'
import { npmAudit } from './npm-audit.ts'
import { osvScanner } from './osv-scanner.ts'
import { outdatedDependencies } from './outdated-dependencies.ts'
import { pipAudit } from './pip-audit.ts'
import { pnpmAudit } from './pnpm-audit.ts'
import { safety } from './safety.ts'
import { semgrep } from './semgrep.ts'
import { trivy } from './trivy.ts'
import { trufflehog } from './trufflehog.ts'
import { yarnAudit } from './yarn-audit.ts'
import { zizmor } from './zizmor.ts'

export const tools: readonly Tool[] = [
  pipAudit,
  safety,
  osvScanner,
  npmAudit,
  pnpmAudit,
  yarnAudit,
  dependencyConflicts,
  outdatedDependencies,
  bandit,
  semgrep,
  eslintSecurity,
  gitleaks,
  detectSecrets,
  trufflehog,
  trivy,
  zizmor,
  actionlint,
  hadolint,
]
