import type { PermissionNeed } from './spec.ts'

/** What every action can publish beside its summary, for which it needs more than to read. */
export const reportPermissions: readonly PermissionNeed[] = [
  {
    permission: 'checks: write',
    reason: '`check-run: true`, all annotations in a check run',
    required: false,
  },
  {
    permission: 'pull-requests: write',
    reason: '`comment`, one comment on the pull request',
    required: false,
  },
]
