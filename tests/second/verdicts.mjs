// The verdicts of the second verifier: a case a line on standard input, a verdict a line on standard output.
import { readFileSync } from "node:fs";
import { verdictsOf } from "./checks.mjs";

const verdict = await verdictsOf(process.argv[2]);
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) console.log(await verdict(JSON.parse(line)));
