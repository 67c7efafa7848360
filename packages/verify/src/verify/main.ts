import { runVerify } from './cli.ts'

process.exitCode = await runVerify(process.argv.slice(2), process.stdout, process.stderr.isTTY ? process.stderr : undefined)
