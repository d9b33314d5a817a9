/** Shows a tool that only looks into its own Python the environment of the project. */
import { isolated } from './python-script.ts'

/**
 * Starts `module` of the tool's environment with the packages of another interpreter behind its own, where these
 * have the same name the tool's. `.pth` files count, so that editable installations are found. The interpreter is
 * asked itself, since nothing else knows system packages and platforms. That it cannot be asked is fatal: without
 * it every import would be called unresolved.
 */
const launcher = `import os, site, subprocess, sys
module, python = sys.argv[1:3]
if python:
    try:
        asked = subprocess.run(
            [python, "-c", "import sys; print(chr(10).join(sys.path))"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=os.path.dirname(python), encoding="utf-8", check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(f"The project's Python {python} does not say where its packages are: {error}")
    own = {os.path.realpath(each) for each in sys.path}
    for folder in asked.stdout.splitlines():
        if not os.path.isdir(folder) or os.path.realpath(folder) in own:
            continue
        if os.path.basename(folder) in ("site-packages", "dist-packages"):
            site.addsitedir(folder)
        elif folder not in sys.path:
            sys.path.append(folder)
sys.argv = [module, *sys.argv[3:]]
import runpy
runpy.run_module(module, run_name="__main__", alter_sys=True)
`

/** Arguments of the tool's own interpreter; `python` is that of the project, where there is one. */
export function withProjectPackages(module: string, python: string | undefined): readonly string[] {
  return [...isolated, '-c', launcher, module, python ?? '']
}
