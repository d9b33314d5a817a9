import type { SuiteLocks } from '@ci-actions/shared'
import { uvLock } from '@ci-actions/shared'
import { locks } from './locks.ts'

/** The versions of all scanners, with digests. uv is the one that installs them. */
export const scannerLocks: SuiteLocks = { ...locks, uv: uvLock }
