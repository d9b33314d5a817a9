/** Generated from package.json by scripts/generate.ts. */
export const version = '2.0.0'
